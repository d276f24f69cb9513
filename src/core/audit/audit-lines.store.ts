import type { AuditLine } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import { as, type SessionId, type TenantId, type UserId } from '../ids.js';
import type { AuditLineContent } from './audit.js';

/** A line as it is kept, with its own hash. */
export type KeptLine = AuditLineContent & { readonly hash: string };

const keptLine = ({ id: _, ...line }: AuditLine): KeptLine => line;

/** A page of the chain in its order, after line `after`. */
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

/** How many lines were written, and the hash of the last; undefined before the first. */
export const findHead = (db: Db, tenantId: TenantId) =>
  db.auditHead.findUnique({ where: { tenantId }, select: { seq: true, hash: true } });

/** The newest lines first, done by this user, as them, or to them. */
export async function findNewestAbout(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  most: number,
): Promise<readonly KeptLine[]> {
  const rows = await db.auditLine.findMany({
    where: { tenantId, OR: [{ actorId: userId }, { subjectId: userId }, { impersonatorId: userId }] },
    orderBy: { seq: 'desc' },
    take: most,
  });
  return rows.map(keptLine);
}

/** All that was done in an impersonation session, in its order. */
export async function findLinesOfSession(
  db: Db,
  tenantId: TenantId,
  sessionId: SessionId,
): Promise<readonly KeptLine[]> {
  const rows = await db.auditLine.findMany({ where: { tenantId, sessionId }, orderBy: { seq: 'asc' } });
  return rows.map(keptLine);
}

/** The line that has this hash. */
export async function findLineByHash(db: Db, tenantId: TenantId, hash: string): Promise<number | undefined> {
  const row = await db.auditLine.findFirst({ where: { tenantId, hash }, select: { seq: true } });
  return row?.seq;
}

/** Everybody a set of lines names. */
export const peopleIn = (lines: readonly KeptLine[]): readonly UserId[] =>
  lines.flatMap(({ actorId, impersonatorId }) =>
    [actorId, impersonatorId].flatMap((id) => (id === null ? [] : as<UserId>(id))),
  );
