import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayName } from '../people/sql.js';

/** The people whose absences, running or to come, name this person as backup: the first by name. */
export async function findCoveredBy(
  db: Db,
  tenantId: TenantId,
  backupId: UserId,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT ${displayName('u')} AS name FROM "OutOfOfficePeriod" p JOIN "User" u ON u.id = p."userId"
    WHERE p."tenantId" = ${tenantId}::uuid AND p."backupId" = ${backupId}::uuid AND p.status = 'planned'
      AND (p."endsAt" IS NULL OR p."endsAt" > ${now})
    ORDER BY name LIMIT ${most}`;
  return rows.map(({ name }) => name);
}

/** The company's setting `releaseOnDeactivation`. */
export async function findReleaseSetting(db: Db, tenantId: TenantId): Promise<string> {
  const tenant = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { releaseOnDeactivation: true },
  });
  return tenant.releaseOnDeactivation;
}
