import type { AuditLine, Prisma } from '../../generated/prisma/client.js';
import type { AuditLineContent } from '../audit-chain/audit-event.js';
import type { Db } from '../deps.js';
import { asId, type SessionId, type TenantId, type UserId } from '../ids.js';

/** A stored line, with its own hash. */
export type KeptLine = AuditLineContent & { readonly hash: string };

const keptLine = ({ id: _, ...line }: AuditLine): KeptLine => line;

/** Return a page of the chain in its order, after line `after`. */
export async function findLinesAfter(
  db: Db,
  tenantId: TenantId,
  after: number,
  pageSize: number,
): Promise<readonly KeptLine[]> {
  const rows = await db.auditLine.findMany({
    where: { tenantId, seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: pageSize,
  });
  return rows.map(keptLine);
}

/** Return the end of the chain as the last append left it; null before the first. */
export const findHead = (db: Db, tenantId: TenantId) => db.auditHead.findUnique({ where: { tenantId } });

/** Return the hash of one line; undefined: there is no such line. */
export async function findHashOfLine(db: Db, tenantId: TenantId, seq: number): Promise<string | undefined> {
  const row = await db.auditLine.findUnique({ where: { tenantId_seq: { tenantId, seq } }, select: { hash: true } });
  return row?.hash;
}

/**
 * Return the newest lines first that this user acted in, that were done as them, or that are about them. Each of the
 * three reads the end of its own index: with OR, PostgreSQL would walk the whole chain for a user with few lines.
 */
export async function findNewestAbout(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  most: number,
): Promise<readonly KeptLine[]> {
  const newest = (where: Prisma.AuditLineWhereInput) =>
    db.auditLine.findMany({ where: { tenantId, ...where }, orderBy: { seq: 'desc' }, take: most });
  const found = await Promise.all([
    newest({ actorId: userId }),
    newest({ subjectId: userId }),
    newest({ impersonatorId: userId }),
  ]);
  const bySeq = new Map(found.flat().map((row) => [row.seq, row]));
  return [...bySeq.values()]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, most)
    .map(keptLine);
}

/** Return all lines of an impersonation session, in their order. */
export async function findLinesOfSession(
  db: Db,
  tenantId: TenantId,
  sessionId: SessionId,
): Promise<readonly KeptLine[]> {
  const rows = await db.auditLine.findMany({ where: { tenantId, sessionId }, orderBy: { seq: 'asc' } });
  return rows.map(keptLine);
}

/** Return the number of the line with this hash. */
export async function findLineByHash(db: Db, tenantId: TenantId, hash: string): Promise<number | undefined> {
  const row = await db.auditLine.findFirst({ where: { tenantId, hash }, select: { seq: true } });
  return row?.seq;
}

/** Return everybody whom a set of lines names. */
export const peopleNamedIn = (lines: readonly KeptLine[]): readonly UserId[] =>
  lines.flatMap(({ actorId, impersonatorId }) =>
    [actorId, impersonatorId].flatMap((id) => (id === null ? [] : asId<UserId>(id))),
  );

/** Return every company that has a chain, even if its own row is gone. */
export async function findChains(db: Db): Promise<readonly TenantId[]> {
  const heads = await db.auditHead.findMany({ select: { tenantId: true } });
  return heads.map(({ tenantId }) => asId<TenantId>(tenantId));
}
