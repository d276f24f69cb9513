import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { isCallerBlocked } from './blocked-callers.sql.js';

/** A blocked number; `userId` undefined: blocked by the company. */
export interface BlockedCaller {
  readonly id: string;
  readonly userId: UserId | undefined;
  readonly number: string;
  /** Empty: unknown. */
  readonly name: string;
}

/** Return whether calls from this number are refused: by the company, or by the person asked for. */
export async function findBlocked(
  db: Db,
  tenantId: TenantId,
  number: string,
  person: UserId | undefined,
): Promise<boolean> {
  const isBlocked = isCallerBlocked({ tenant: 't', number: 'asked.number', person: 'asked.person' });
  const [row] = await db.$queryRaw<{ blocked: boolean }[]>`
    SELECT ${isBlocked} AS blocked FROM "Tenant" t,
      (SELECT ${number}::text AS number, ${person ?? null}::uuid AS person) AS asked
    WHERE t.id = ${tenantId}::uuid`;
  return row?.blocked ?? false;
}

/** Return the numbers that a person and the company have blocked, newest first, at most `most`, and how many there are. */
export async function findBlockedBy(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  most: number,
): Promise<{ readonly total: number; readonly callers: readonly BlockedCaller[] }> {
  const where = { tenantId, OR: [{ userId }, { userId: null }] };
  const [total, rows] = await Promise.all([
    db.blockedCaller.count({ where }),
    db.blockedCaller.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most }),
  ]);
  return { total, callers: rows.map(callerOf) };
}

/** A page of blocked numbers, newest first, with when each was blocked. */
export interface BlockedPage {
  readonly callers: readonly (BlockedCaller & { readonly blockedAt: Date })[];
  /** The key of the next page; undefined: this is the last. */
  readonly next: string | undefined;
}

/** Return a page of the numbers that a person and the company have blocked; `after`: the last of the page before. */
export async function findBlockedPage(
  db: Db,
  { tenantId, userId }: { readonly tenantId: TenantId; readonly userId: UserId },
  { after, most }: { readonly after: string | undefined; readonly most: number },
): Promise<BlockedPage> {
  const key = { tenantId, OR: [{ userId }, { userId: null }] };
  const last =
    after === undefined
      ? null
      : await db.blockedCaller.findFirst({ where: { ...key, id: after }, select: { id: true, createdAt: true } });
  const older = last && {
    AND: [{ OR: [{ createdAt: { lt: last.createdAt } }, { createdAt: last.createdAt, id: { lt: last.id } }] }],
  };
  const rows = await db.blockedCaller.findMany({
    where: { ...key, ...older },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most + 1,
  });
  const shown = rows.slice(0, most);
  return {
    callers: shown.map((row) => ({ ...callerOf(row), blockedAt: row.createdAt })),
    next: rows.length > most ? shown.at(-1)?.id : undefined,
  };
}

const callerOf = (row: { id: string; userId: string | null; number: string; name: string }): BlockedCaller => ({
  id: row.id,
  userId: row.userId === null ? undefined : asId<UserId>(row.userId),
  number: row.number,
  name: row.name,
});

/** Count the numbers that a person, or the company, has blocked. */
export const countBlocked = ({ db, tenantId }: Change, userId: UserId | undefined): Promise<number> =>
  db.blockedCaller.count({ where: { tenantId, userId: userId ?? null } });

/** Block a number. Undefined: it is blocked already. */
export async function insertBlocked(
  { db, tenantId, now }: Change,
  { userId, number, name }: Omit<BlockedCaller, 'id'>,
): Promise<string | undefined> {
  const id = randomUUID();
  const added = await db.$executeRaw`
    INSERT INTO "BlockedCaller" (id, "tenantId", "userId", number, name, "createdAt")
    VALUES (${id}::uuid, ${tenantId}::uuid, ${userId ?? null}::uuid, ${number}, ${name}, ${now})
    ON CONFLICT DO NOTHING`;
  return added > 0 ? id : undefined;
}

/** Return a blocked number by its id, or by the number itself; undefined: this person and the company block no such. */
export async function findBlockedCaller(
  { db, tenantId }: Change,
  userId: UserId,
  by: { readonly id: string } | { readonly number: string },
): Promise<BlockedCaller | undefined> {
  const found = await db.blockedCaller.findFirst({
    where: { tenantId, ...by, OR: [{ userId }, { userId: null }] },
    orderBy: { userId: { sort: 'asc', nulls: 'last' } },
  });
  return found ? callerOf(found) : undefined;
}

/** Unblock a number. */
export async function deleteBlocked({ db, tenantId }: Change, id: string): Promise<void> {
  await db.$executeRaw(
    Prisma.sql`DELETE FROM "BlockedCaller" WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid`,
  );
}
