import type { Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import type { UnknownMember, WorkspaceFacts } from '../members.types.js';
import { isNewcomer, isWithoutAddress } from './joined-and-left-report.store.js';

/** Return every workspace of a company, in the order in which it was connected. One pass over its members. */
export function findWorkspaces(db: Db, tenantId: TenantId, now: Date): Promise<readonly WorkspaceFacts[]> {
  return db.$queryRaw<WorkspaceFacts[]>`
    SELECT w.id, w.platform, w."externalId" AS "externalWorkspaceId",
      count(*) FILTER (WHERE m.status = 'present')::int AS present,
      count(*) FILTER (WHERE m.status = 'present' AND a.id IS NOT NULL)::int AS linked,
      count(*) FILTER (WHERE m.status = 'present' AND a.id IS NULL AND m.email IS NOT NULL)::int AS newcomers,
      count(*) FILTER (WHERE m.status = 'present' AND a.id IS NULL AND m.email IS NULL)::int AS "withoutEmail",
      count(*) FILTER (WHERE m.status = 'left' AND a.id IS NOT NULL)::int AS "left",
      l."readAt", COALESCE(l.whole, false) AS whole, l."dueAt", l.failure, l.permission,
      l."failedAt" IS NOT NULL AS failed,
      COALESCE(l.lost, 0) AS lost, COALESCE(l.known, 0) AS known,
      COALESCE(l."claimedAt" IS NOT NULL OR l."dueAt" <= ${now}, true) AS reading
    FROM "Workspace" w
    LEFT JOIN "MemberList" l ON l.id = w.id
    LEFT JOIN "Member" m ON m.platform = w.platform AND m."externalWorkspaceId" = w."externalId"
    LEFT JOIN "Account" a ON a.platform = m.platform AND a."externalWorkspaceId" = m."externalWorkspaceId"
      AND a."accountId" = m."accountId"
    WHERE w."tenantId" = ${tenantId}::uuid
    GROUP BY w.id, l.id ORDER BY w.id`;
}

/** Return members who are no users, by name; `withoutEmail`: those for whom no user can be created. */
export async function findUnknown(
  db: Db,
  tenantId: TenantId,
  { withoutEmail, skip, most }: { readonly withoutEmail: boolean; readonly skip: number; readonly most: number },
): Promise<{ readonly people: readonly UnknownMember[]; readonly total: number }> {
  const which = withoutEmail ? isWithoutAddress : isNewcomer;
  const people = await db.$queryRaw<UnknownMember[]>`
    SELECT m.id AS "memberId", m."displayName", m.title, m.email, m.platform, m.problem,
      m."bringInId" IS NOT NULL AS awaited
    FROM "Member" m WHERE m."tenantId" = ${tenantId}::uuid AND ${which}
    ORDER BY lower(m."displayName"), m.id OFFSET ${skip} LIMIT ${most}`;
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Member" m WHERE m."tenantId" = ${tenantId}::uuid AND ${which}`;
  return { people, total: row?.count ?? 0 };
}

/** Return the number of new people for whom creating a user failed. */
export const countNotBroughtIn = (db: Db, tenantId: TenantId): Promise<number> =>
  db.member.count({ where: { tenantId, status: 'present', problem: 'failed' } });
