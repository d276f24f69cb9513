import type { Db } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import type { NamedPerson } from './matching/name-index.js';

/** Somebody who may be found. */
export type Listed = NamedPerson & { readonly id: UserId };

/** Who stands in the directory: not hidden, and with access (PRODUCT.md §1 and §3). */
const listed = (tenantId: TenantId) => ({ tenantId, inDirectory: true, access: { not: 'none' } });

const columns = {
  id: true,
  firstName: true,
  lastName: true,
  aliases: true,
  phoneticName: true,
  extension: true,
  did: true,
} as const;

/** Of these people those who stand in the directory, in no particular order. */
export async function readListed(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly Listed[]> {
  const rows = await db.user.findMany({ where: { ...listed(tenantId), id: { in: [...ids] } }, select: columns });
  return rows.map(listedOf);
}

/** The directory by id, from after `last` on, at most `limit`. */
export async function readListedAfter(
  db: Db,
  tenantId: TenantId,
  last: UserId | undefined,
  limit: number,
): Promise<readonly Listed[]> {
  const rows = await db.user.findMany({
    where: { ...listed(tenantId), ...(last === undefined ? {} : { id: { gt: last } }) },
    select: columns,
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(listedOf);
}

const listedOf = ({ id, extension, did, ...names }: Row): Listed => ({
  ...names,
  id: as<UserId>(id),
  ...(extension === null ? {} : { extension }),
  ...(did === null ? {} : { did }),
});

interface Row {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly aliases: string[];
  readonly phoneticName: string;
  readonly extension: string | null;
  readonly did: string | null;
}

/** Somebody changed, in this transaction. */
interface Changed {
  readonly userId: UserId;
  readonly xid: string;
}

/** The oldest transaction that still runs: all before it is there to be read. */
export async function readPosition(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<{ position: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS position`;
  return row?.position ?? '0';
}

/**
 * Who changed in any transaction that a reader at `position` may not have seen, and the position after that. Times and
 * sequences cannot tell that, since transactions commit in another order than they began. A transaction yet to come is
 * one of a database that this one was restored from.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export async function readChanges(
  db: Db,
  tenantId: TenantId,
  position: string,
): Promise<{ readonly position: string; readonly changes: readonly Changed[] }> {
  const rows = await db.$queryRaw<{ position: string; userId: string | null; xid: string | null }[]>`
    SELECT pg_snapshot_xmin(now)::text AS position, changed."userId", changed.xid::text AS xid
    FROM pg_current_snapshot() AS now
    LEFT JOIN "DirectoryChange" changed ON changed."tenantId" = ${tenantId}::uuid
      AND changed.xid >= ${position}::bigint AND changed.xid < pg_snapshot_xmax(now)::text::bigint`;
  return {
    position: rows[0]?.position ?? position,
    changes: rows.flatMap(({ userId, xid }) =>
      userId === null || xid === null ? [] : [{ userId: as<UserId>(userId), xid }],
    ),
  };
}
