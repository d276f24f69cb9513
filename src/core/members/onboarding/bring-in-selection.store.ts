import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { isNewcomer } from '../report/joined-and-left-report.store.js';

/**
 * The members that an admin selected: everybody new, one of them, or those with these addresses or at these domains.
 */
export type BringInSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'one'; readonly memberId: string }
  | { readonly kind: 'named'; readonly addresses: readonly string[]; readonly domains: readonly string[] };

/** The mirror stores addresses in lower case; these are lower case too. */
function isSelected(whom: BringInSelection): Prisma.Sql {
  switch (whom.kind) {
    case 'all':
      return Prisma.sql`true`;
    case 'one':
      return Prisma.sql`m.id = ${whom.memberId}::uuid`;
    case 'named':
      return Prisma.sql`(m.email = ANY(${[...whom.addresses]})
        OR split_part(m.email, '@', 2) = ANY(${[...whom.domains]}))`;
    default:
      return whom satisfies never;
  }
}

/** New, selected, and not yet waiting to be brought in. */
const isSelectable = (tenantId: TenantId, whom: BringInSelection): Prisma.Sql =>
  Prisma.sql`m."tenantId" = ${tenantId}::uuid AND m."bringInId" IS NULL AND ${isNewcomer} AND ${isSelected(whom)}`;

/** Return the number of selected members. */
export async function countSelected({ db, tenantId }: Change, whom: BringInSelection): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Member" m WHERE ${isSelectable(tenantId, whom)}`;
  return row?.count ?? 0;
}

/** Return those of these addresses and domains that select a new member. */
export async function findSelected(
  db: Db,
  tenantId: TenantId,
  whom: BringInSelection & { kind: 'named' },
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ address: string; domain: string }[]>`
    SELECT m.email AS address, split_part(m.email, '@', 2) AS domain FROM "Member" m WHERE ${isSelectable(tenantId, whom)}`;
  return new Set(rows.flatMap(({ address, domain }) => [address, domain]));
}

/**
 * Mark the next selected members as waiting to be brought in, up to `most`, as of the admin's request. Bookkeeping: the
 * request has the audit line. Zero: everybody is marked.
 */
export function markSelected(
  db: Db,
  asked: {
    readonly id: string;
    readonly tenantId: TenantId;
    readonly whom: BringInSelection;
    readonly createdAt: Date;
  },
  most: number,
): Promise<number> {
  // In one order, so that two concurrent selections wait for each other instead of deadlocking.
  return db.$executeRaw`
    WITH next AS MATERIALIZED (
      SELECT m.id FROM "Member" m WHERE ${isSelectable(asked.tenantId, asked.whom)} AND m.since <= ${asked.createdAt}
      ORDER BY m.id LIMIT ${most} FOR UPDATE OF m)
    UPDATE "Member" SET "bringInId" = ${asked.id}::uuid, problem = NULL FROM next WHERE "Member".id = next.id`;
}
