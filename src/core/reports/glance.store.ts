import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { hasAccess } from '../people/sql.js';

/** What is counted in one question. */
export interface CompanyCounts {
  readonly people: number;
  readonly out: number;
  readonly unheard: number;
}

/** How many people have access, how many of them are out now, and how many messages nobody has heard. */
export async function countCompany(db: Db, tenantId: TenantId, now: Date): Promise<CompanyCounts> {
  const [row] = await db.$queryRaw<CompanyCounts[]>`
    SELECT (SELECT count(*)::int FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND ${hasAccess('u')}) AS people,
      (SELECT count(DISTINCT p."userId")::int
        FROM "OutOfOfficePeriod" p JOIN "User" u ON u.id = p."userId" AND ${hasAccess('u')}
        WHERE p."tenantId" = ${tenantId}::uuid AND p.status = 'planned' AND p."startsAt" <= ${now}
          AND (p."endsAt" IS NULL OR p."endsAt" > ${now})) AS out,
      (SELECT count(*)::int FROM "Voicemail" v
        WHERE v."tenantId" = ${tenantId}::uuid AND v."heardAt" IS NULL AND v."deletedAt" IS NULL
          AND v."purgedAt" IS NULL) AS unheard`;
  return row ?? { people: 0, out: 0, unheard: 0 };
}
