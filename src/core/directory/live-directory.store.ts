import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { isListedIn } from '../people/sql.js';
import type { NamedPerson } from './matching/name-index.js';

/** A person who can be found. */
export type ListedPerson = NamedPerson & { readonly id: UserId };

const columns = Prisma.sql`id, "firstName", "lastName", aliases, "phoneticName", extension, did`;

/** Return those of these people whom the directory lists, in no particular order. */
export async function readListed(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly ListedPerson[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${columns} FROM "User" WHERE ${isListedIn(tenantId)} AND id = ANY(${ids}::uuid[])`;
  return rows.map(listedOf);
}

/**
 * Return the directory by username, after `last`, at most `limit`: by an index that PostgreSQL uses even before it has
 * statistics of an import's new rows.
 */
export async function readListedAfter(
  db: Db,
  tenantId: TenantId,
  last: string,
  limit: number,
): Promise<{ readonly people: readonly ListedPerson[]; readonly last: string | undefined }> {
  const rows = await db.$queryRaw<(Row & { username: string })[]>`
    SELECT username, ${columns} FROM "User"
    WHERE ${isListedIn(tenantId)} AND username > ${last} ORDER BY username LIMIT ${limit}`;
  return { people: rows.map(listedOf), last: rows.length < limit ? undefined : rows.at(-1)?.username };
}

const listedOf = ({ id, firstName, lastName, aliases, phoneticName, extension, did }: Row): ListedPerson => ({
  firstName,
  lastName,
  aliases,
  phoneticName,
  id: asId<UserId>(id),
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

/** A person whom this transaction changed. */
interface Changed {
  readonly userId: UserId;
  readonly xid: string;
}

/** Return the oldest transaction that still runs: all before it can be read. */
export async function readPosition(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<{ position: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS position`;
  return row?.position ?? '0';
}

/**
 * Return the people changed by any transaction that a reader at `position` may not have seen, and the position after
 * that.
 * Times and sequences cannot tell that, since transactions commit in another order than they began. A transaction id
 * from the future comes from a database of which this one is a restored copy.
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
      userId === null || xid === null ? [] : [{ userId: asId<UserId>(userId), xid }],
    ),
  };
}
