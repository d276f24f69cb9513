import { type AuditLine, Prisma } from '../../generated/prisma/client.js';
import type { AuditEventName, AuditLineContent } from '../audit-chain/audit-event.js';
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

/** Which lines a page or a file of the record has. Conditions are joined by "and". */
export interface LineFilter {
  /** The person acted, was acted as, or is the subject. */
  readonly user?: UserId | undefined;
  /** The human who acted: of lines that an admin made as somebody else, the admin. */
  readonly actor?: UserId | undefined;
  readonly events?: readonly AuditEventName[] | undefined;
  /** From this instant on. */
  readonly from?: Date | undefined;
  /** Before this instant. */
  readonly until?: Date | undefined;
  readonly session?: SessionId | undefined;
}

/** A part of the lines: the newest before a line, newest first; or the oldest after a line, oldest first. */
export type LinePart = { readonly before: number | undefined } | { readonly after: number };

/**
 * Return up to `most` lines that the filter selects. Each branch reads the end of one index in the order of `seq` and
 * stops when it has enough: with OR, PostgreSQL would walk the whole chain for a user with few lines.
 */
export async function findLines(
  db: Db,
  tenantId: TenantId,
  filter: LineFilter,
  part: LinePart,
  most: number,
): Promise<readonly KeptLine[]> {
  const order = 'after' in part ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const place = 'after' in part ? Prisma.sql`seq > ${part.after}` : beforeSql(part.before);
  const { branches, conditions } = conditionsOf(filter);
  const all = Prisma.join(
    [Prisma.sql`"tenantId" = ${tenantId}::uuid`, place, ...timesSql(tenantId, filter), ...conditions],
    ' AND ',
  );
  const parts = branches.map(
    (branch) => Prisma.sql`(SELECT * FROM "AuditLine" WHERE ${all} AND ${branch} ORDER BY seq ${order} LIMIT ${most})`,
  );
  const rows = await db.$queryRaw<AuditLine[]>`
    SELECT DISTINCT ON (seq) * FROM (${Prisma.join(parts, ' UNION ALL ')}) AS found ORDER BY seq ${order} LIMIT ${most}`;
  return rows.map(keptLine);
}

const beforeSql = (before: number | undefined): Prisma.Sql =>
  before === undefined ? Prisma.sql`true` : Prisma.sql`seq < ${before}`;

/**
 * The conditions of time, with bounds of `seq` that spare the walk to that time. A line’s instant is that of the start
 * of its transaction, so lines of one moment may stand in another order than their instants. No transaction takes an
 * hour: the first line of an hour later has a higher number than every line before that instant.
 */
function timesSql(tenantId: TenantId, { from, until }: LineFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (from) {
    conditions.push(Prisma.sql`at >= ${from} AND seq > COALESCE((
      SELECT seq FROM "AuditLine" WHERE "tenantId" = ${tenantId}::uuid AND at < ${from}::timestamptz - interval '1 hour'
      ORDER BY at DESC LIMIT 1), 0)`);
  }
  if (until) {
    conditions.push(Prisma.sql`at < ${until} AND seq < COALESCE((
      SELECT seq FROM "AuditLine" WHERE "tenantId" = ${tenantId}::uuid AND at >= ${until}::timestamptz + interval '1 hour'
      ORDER BY at LIMIT 1), 2147483647)`);
  }
  return conditions;
}

/** The most selective part of the filter as branches with an index each, and the rest as conditions of every branch. */
function conditionsOf({ user, actor, events, session }: LineFilter) {
  const parts: Prisma.Sql[][] = [];
  if (session) parts.push([Prisma.sql`"sessionId" = ${session}::uuid`]);
  if (user) {
    const columns = [Prisma.sql`"actorId"`, Prisma.sql`"subjectId"`, Prisma.sql`"impersonatorId"`];
    parts.push(columns.map((column) => Prisma.sql`${column} = ${user}::uuid`));
  }
  if (actor)
    parts.push([
      Prisma.sql`"impersonatorId" = ${actor}::uuid`,
      Prisma.sql`("actorId" = ${actor}::uuid AND "impersonatorId" IS NULL)`,
    ]);
  if (events) parts.push(events.map((event) => Prisma.sql`event = ${event}`));
  const [branches = [Prisma.sql`true`], ...others] = parts;
  return { branches, conditions: others.map((either) => Prisma.sql`(${Prisma.join(either, ' OR ')})`) };
}

/** Return how many acts each of these sessions has: its lines without those of its own start and end. */
export async function countActs(
  db: Db,
  tenantId: TenantId,
  sessionIds: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, number>> {
  const rows = await db.auditLine.groupBy({
    by: ['sessionId'],
    where: {
      tenantId,
      sessionId: { in: [...sessionIds] },
      event: { notIn: ['impersonation.started', 'impersonation.ended'] },
    },
    _count: true,
  });
  return new Map(rows.map(({ sessionId, _count }) => [asId<SessionId>(sessionId ?? ''), _count]));
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

/** Return every company that has a chain, even if its own row is gone. */
export async function findChains(db: Db): Promise<readonly TenantId[]> {
  const heads = await db.auditHead.findMany({ select: { tenantId: true } });
  return heads.map(({ tenantId }) => asId<TenantId>(tenantId));
}
