import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { ListFilter } from './list-filter.js';
import { isOf, isWithin } from './list-filter.sql.js';

/** How many calls of a filter were missed on each day of a zone; days without any are left out. */
export const countMissedByDay = (
  db: Db,
  tenantId: TenantId,
  filter: ListFilter,
  timeZone: string,
): Promise<{ day: string; count: number }[]> =>
  db.$queryRaw<{ day: string; count: number }[]>`
    SELECT to_char(c."startedAt" AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, count(*)::int AS count
    FROM "Call" c
    WHERE c."tenantId" = ${tenantId}::uuid AND c.disposition IN ('missed', 'abandoned')
      ${isOf(Prisma.sql`c."askedForUserId"`, filter)} ${isWithin(Prisma.sql`c."startedAt"`, filter)}
    GROUP BY day ORDER BY day`;

/** How many unheard messages of a filter are of each age in days; 31 stands for all that are older. */
export const countUnheardByAge = (
  db: Db,
  tenantId: TenantId,
  now: Date,
  filter: ListFilter,
): Promise<{ days: number; count: number }[]> =>
  db.$queryRaw<{ days: number; count: number }[]>`
    SELECT LEAST(31, floor(extract(epoch FROM ${now}::timestamptz - v."receivedAt") / 86400))::int AS days,
      count(*)::int AS count
    FROM "Voicemail" v
    WHERE v."tenantId" = ${tenantId}::uuid AND v."heardAt" IS NULL AND v."deletedAt" IS NULL AND v."purgedAt" IS NULL
      ${isOf(Prisma.sql`v."userId"`, filter)} ${isWithin(Prisma.sql`v."receivedAt"`, filter)}
    GROUP BY days ORDER BY days`;
