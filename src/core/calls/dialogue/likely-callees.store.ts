import type { Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { displayName, isListedIn } from '../../people/sql.js';

/** How callers name a person: their name and their other names. */
export interface CalleeName {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly phoneticName: string;
  readonly lastName: string;
}

/** The number of latest calls from which likely callees are computed. */
const latestCalls = 1000;

/**
 * Return the people a caller is likeliest to ask for, likeliest first: the callees of the latest calls, each call
 * weighing more the later it was; then anybody in the directory. At most `most`, never hidden people.
 */
export async function findLikelyCallees(db: Db, tenantId: TenantId, most: number): Promise<readonly CalleeName[]> {
  return db.$queryRaw<CalleeName[]>`
    WITH latest AS (
      SELECT "askedForUserId" AS id, row_number() OVER (ORDER BY "startedAt" DESC) AS age
      FROM "Call" WHERE "tenantId" = ${tenantId}::uuid ORDER BY "startedAt" DESC LIMIT ${latestCalls}
    ), recent AS (
      SELECT id, sum(1.0 / (100 + age)) AS calls FROM latest WHERE id IS NOT NULL GROUP BY id
    ), anybody AS (
      SELECT id, 0.0 AS calls FROM "User" WHERE ${isListedIn(tenantId)} LIMIT ${most}
    )
    SELECT ${displayName('u')} AS name, u."lastName", u.aliases, u."phoneticName"
    FROM (SELECT id, max(calls) AS calls FROM (TABLE recent UNION ALL TABLE anybody) AS known GROUP BY id) AS likely
    JOIN (SELECT * FROM "User" WHERE ${isListedIn(tenantId)}) AS u ON u.id = likely.id
    ORDER BY likely.calls DESC, name LIMIT ${most}`;
}

/** Return the callees of the latest calls from this number (E.164), the latest first; never hidden people. */
export async function findCalledFrom(
  db: Db,
  tenantId: TenantId,
  ani: string,
  most: number,
): Promise<readonly CalleeName[]> {
  return db.$queryRaw<CalleeName[]>`
    WITH latest AS (
      SELECT "askedForUserId" AS id, "startedAt" FROM "Call"
      WHERE "tenantId" = ${tenantId}::uuid AND ani = ${ani} ORDER BY "startedAt" DESC LIMIT 100
    )
    SELECT ${displayName('u')} AS name, u."lastName", u.aliases, u."phoneticName"
    FROM (SELECT id, max("startedAt") AS at FROM latest GROUP BY id) AS called
    JOIN (SELECT * FROM "User" WHERE ${isListedIn(tenantId)}) AS u ON u.id = called.id
    ORDER BY called.at DESC LIMIT ${most}`;
}
