import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { displayName } from '../people/sql.js';
import type { InstantKey } from './company-list.js';
import type { ListFilter } from './list-filter.js';
import { isOf, isWithin } from './list-filter.sql.js';

/** The last delivery to a person on a platform, which did not arrive. */
export interface FailedDelivery extends InstantKey {
  readonly username: string;
  readonly name: string;
  readonly platform: string;
  /** `failed`: it is tried again; `unreachable`: the platform refuses the person. */
  readonly status: 'failed' | 'unreachable';
  /** The platform's words. */
  readonly why: string;
}

/** People whose last delivery on a platform did not arrive, the newest first, after a place in that order. */
export function findFailedDeliveriesAfter(
  db: Db,
  tenantId: TenantId,
  place: InstantKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<readonly FailedDelivery[]> {
  const after = place ? Prisma.sql`AND (p.at, p.id) < (${place.at}, ${place.id}::uuid)` : Prisma.empty;
  return db.$queryRaw<FailedDelivery[]>`
    SELECT p.id, p.at, u.username, ${displayName('u')} AS name, p.platform, p.status, p.why
    FROM "Posting" p
    JOIN "Notice" n ON n.id = p."noticeId" AND n."tenantId" = p."tenantId"
    JOIN "User" u ON u.id = n."userId" AND u."tenantId" = n."tenantId"
    WHERE p."tenantId" = ${tenantId}::uuid AND p.status IN ('failed', 'unreachable') ${after}
      ${isOf(Prisma.sql`n."userId"`, filter)} ${isWithin(Prisma.sql`p.at`, filter)}
      AND NOT EXISTS (
        SELECT 1 FROM "Notice" m JOIN "Posting" later ON later."noticeId" = m.id
        WHERE m."tenantId" = n."tenantId" AND m."userId" = n."userId" AND later.platform = p.platform
          AND (later.at, later.id) > (p.at, p.id))
    ORDER BY p.at DESC, p.id DESC LIMIT ${most}`;
}
