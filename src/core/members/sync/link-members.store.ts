import { Prisma } from '../../../generated/prisma/client.js';
import type { AccountKey } from '../../chat/exchange.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';

/**
 * The members to consider for linking: everybody, the account of an event, or the members with one of these addresses.
 */
export type LinkScope =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'account'; readonly account: AccountKey }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] };

/** A member whose verified address is a user's, and whose account is not linked yet. */
export interface Linkable extends AccountKey {
  readonly userId: UserId;
  readonly locale: string | null;
  readonly timeZone: string | null;
}

/** Return all of them in one query: portion by portion, each query would read the whole company. */
export function findLinkable(db: Db, tenantId: TenantId, concerned: LinkScope): Promise<readonly Linkable[]> {
  return db.$queryRaw<Linkable[]>`
    SELECT m.platform, m."externalWorkspaceId", m."accountId", m.locale, m."timeZone", u.id AS "userId"
    FROM "Member" m
    JOIN "User" u ON u."tenantId" = m."tenantId" AND lower(u.email) = m.email
    WHERE m."tenantId" = ${tenantId}::uuid AND m.status = 'present' AND ${scopeCondition(concerned)}
      AND NOT EXISTS (SELECT 1 FROM "Account" a WHERE a.platform = m.platform
        AND a."externalWorkspaceId" = m."externalWorkspaceId"
        AND a."accountId" = m."accountId")`;
}

function scopeCondition(concerned: LinkScope): Prisma.Sql {
  switch (concerned.kind) {
    case 'everybody':
      return Prisma.sql`true`;
    case 'account': {
      const { platform, externalWorkspaceId, accountId } = concerned.account;
      return Prisma.sql`m.platform = ${platform} AND m."externalWorkspaceId" = ${externalWorkspaceId}
        AND m."accountId" = ${accountId}`;
    }
    case 'addresses':
      return Prisma.sql`m.email = ANY(${[...concerned.addresses]})`;
    default:
      return concerned satisfies never;
  }
}
