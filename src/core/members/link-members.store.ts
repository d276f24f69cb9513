import type { AccountKey } from '../chat/exchange.js';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';

/** A member whose verified address is a user's, and whose account is nobody's yet. */
export interface Linkable extends AccountKey {
  readonly userId: UserId;
  readonly locale: string | null;
  readonly timeZone: string | null;
}

/** At most so many; linking them makes room for the next. */
export function findLinkable(db: Db, tenantId: TenantId, most: number): Promise<readonly Linkable[]> {
  return db.$queryRaw<Linkable[]>`
    SELECT m.platform, m."workspaceId", m."accountId", m.locale, m."timeZone", u.id AS "userId"
    FROM "Member" m
    JOIN "User" u ON u."tenantId" = m."tenantId" AND lower(u.email) = lower(m.email)
    WHERE m."tenantId" = ${tenantId}::uuid AND m.status = 'present'
      AND NOT EXISTS (SELECT 1 FROM "Account" a WHERE a.platform = m.platform AND a."workspaceId" = m."workspaceId"
        AND a."accountId" = m."accountId")
    ORDER BY m.id LIMIT ${most}`;
}
