import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { hasAccess } from '../people/sql.js';
import { isOut } from '../routing/absence.sql.js';
import { companySql, sql } from '../settings/sql.js';

/** What became of a person's digest of one day. */
export const digestStatuses = ['sent', 'empty', 'skipped'] as const;
type DigestStatus = (typeof digestStatuses)[number];

/** A person whose digest of today has not been decided. */
export interface DueDigest {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly wants: 'daily' | 'weekly';
  readonly timeZone: string;
  readonly hours: string;
  readonly holidays: readonly string[];
  /** Today in the person's zone (ISO). */
  readonly day: string;
  /** When the last digest was made; null: never. */
  readonly lastAt: Date | null;
}

const rows = { user: 'u', tenant: 't' };

/**
 * Return people who want a digest and are not out of office, whose clocks show a time from `from` to `until` (hours), and
 * who have none of today, or of this week; at most `most`.
 */
export async function findDueDigests(
  db: Db,
  now: Date,
  { from, until, most }: { readonly from: number; readonly until: number; readonly most: number },
): Promise<readonly DueDigest[]> {
  const local = Prisma.sql`(${now}::timestamptz AT TIME ZONE ${sql('timeZone', rows)})`;
  const found = await db.$queryRaw<(Omit<DueDigest, 'tenantId' | 'userId'> & { tenantId: string; userId: string })[]>`
    SELECT u."tenantId", u.id AS "userId", ${sql('digest', rows)} AS wants, ${sql('timeZone', rows)} AS "timeZone",
      ${sql('hours', rows)} AS hours, ${companySql('holidays', 't')} AS holidays, ${local}::date::text AS day,
      last.at AS "lastAt"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    LEFT JOIN LATERAL (
      SELECT max(d."createdAt") AS at, max(d.day) AS day FROM "Digest" d
      WHERE d."tenantId" = u."tenantId" AND d."userId" = u.id AND d.status <> 'skipped'
    ) last ON true
    WHERE t.enabled AND ${hasAccess('u')} AND ${sql('digest', rows)} <> 'none'
      AND NOT ${isOut(Prisma.sql`u."tenantId"`, Prisma.sql`u.id`, now)}
      AND extract(hour FROM ${local}) >= ${from}::int AND extract(hour FROM ${local}) < ${until}::int
      AND NOT EXISTS (SELECT 1 FROM "Digest" d
        WHERE d."tenantId" = u."tenantId" AND d."userId" = u.id AND d.day = ${local}::date)
      AND (${sql('digest', rows)} = 'daily' OR last.day IS NULL
        OR date_trunc('week', last.day::timestamp) < date_trunc('week', ${local}))
    ORDER BY u.id LIMIT ${most}`;
  return found.map((row) => ({ ...row, tenantId: asId<TenantId>(row.tenantId), userId: asId<UserId>(row.userId) }));
}

/** Record what became of a digest, and return its id; undefined: the day's digest is recorded already. */
export async function recordDigest(
  { db, tenantId, now }: Change,
  digest: { readonly userId: UserId; readonly day: string; readonly since: Date; readonly status: DigestStatus },
): Promise<string | undefined> {
  const id = randomUUID();
  const count = await db.$executeRaw`
    INSERT INTO "Digest" (id, "tenantId", "userId", day, since, status, "createdAt")
    VALUES (${id}::uuid, ${tenantId}::uuid, ${digest.userId}::uuid, ${digest.day}::date, ${digest.since},
      ${digest.status}, ${now})
    ON CONFLICT ("tenantId", "userId", day) DO NOTHING`;
  return count > 0 ? id : undefined;
}

/** Return the period of a digest. */
export async function findDigest(
  db: Db,
  id: string,
): Promise<{ readonly tenantId: TenantId; readonly since: Date; readonly until: Date } | undefined> {
  const found = await db.digest.findUnique({ where: { id }, select: { tenantId: true, since: true, createdAt: true } });
  return found ? { tenantId: asId<TenantId>(found.tenantId), since: found.since, until: found.createdAt } : undefined;
}
