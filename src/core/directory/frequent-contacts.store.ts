import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';

/** The subject of frequent contacts: an employee, or the caller from this number (E.164). */
export type ContactsOwner = { readonly userId: UserId } | { readonly ani: string };

/** A larger team says nothing about who knows whom. */
const mostTeamMates = 1000;
const mostCalls = 200;

/**
 * Return how near people are to the subject, from 0 to 1: 1 for people called by them, or calling them, in the last 90
 * days; half of that for their team. Everybody else is missing from the map.
 */
export async function findFrequentContacts(
  db: Db,
  tenantId: TenantId,
  whose: ContactsOwner,
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const since = new Date(now.getTime() - 90 * 24 * 60 * 60 * 1000);
  const [me, number] =
    'userId' in whose
      ? [Prisma.sql`SELECT * FROM "User" WHERE id = ${whose.userId}::uuid`, null]
      : [havingNumber(tenantId, Prisma.sql`${whose.ani}::text`), whose.ani];
  const rows = await db.$queryRaw<{ id: string; near: number }[]>`
    WITH me AS (
      SELECT id, team, did, "personalNumber" FROM (${me}) one LIMIT 1
    ), numbers AS (
      SELECT number FROM (SELECT ${number}::text AS number UNION SELECT did FROM me UNION SELECT "personalNumber" FROM me) n
      WHERE number <> ''
    ), called AS (
      SELECT "askedForUserId" AS id FROM "Call"
      WHERE "tenantId" = ${tenantId}::uuid AND ani IN (SELECT number FROM numbers) AND "startedAt" > ${since}
      ORDER BY "startedAt" DESC LIMIT ${mostCalls}
    ), callers AS (
      SELECT other.id FROM (
        SELECT DISTINCT ani FROM (
          SELECT ani FROM "Call"
          WHERE "tenantId" = ${tenantId}::uuid AND "askedForUserId" IN (SELECT id FROM me) AND "startedAt" > ${since}
          ORDER BY "startedAt" DESC LIMIT ${mostCalls}
        ) latest WHERE ani <> ''
      ) caller
      CROSS JOIN LATERAL (${havingNumber(tenantId, Prisma.sql`caller.ani`)}) other
    ), team AS (
      SELECT mate.id FROM "User" mate JOIN me ON mate.team = me.team
      WHERE mate."tenantId" = ${tenantId}::uuid AND mate.team <> '' LIMIT ${mostTeamMates + 1}
    )
    SELECT id, max(near) AS near FROM (
      SELECT id, 1::float8 AS near FROM called UNION ALL SELECT id, 1 FROM callers UNION ALL SELECT id, 0.5 FROM team
      WHERE (SELECT count(*) FROM team) <= ${mostTeamMates}
    ) known WHERE id IS NOT NULL GROUP BY id`;
  return new Map(rows.map(({ id, near }) => [asId<UserId>(id), near]));
}

/** Each column by an index of its own. */
const havingNumber = (tenantId: TenantId, number: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT * FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND did = ${number}
  UNION ALL SELECT * FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND "personalNumber" = ${number}`;
