import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import type { MemberDecision, Returner } from '../members.types.js';
import { isReturner, linkedMembers } from '../report/joined-and-left-report.store.js';

/** Return people who left, lost their access and are back, the latest first; each once, in however many workspaces. */
export async function findReturners(
  db: Db,
  tenantId: TenantId,
  { skip, most }: { readonly skip: number; readonly most: number },
): Promise<{ readonly people: readonly Returner[]; readonly total: number }> {
  const rows = await db.$queryRaw<(Returner & { total: number })[]>`
    SELECT *, count(*) OVER ()::int AS total FROM (
      SELECT DISTINCT ON (u.id) m.id AS "memberId", ${displayName('u')} AS "displayName",
        u.title, m.platform, m."backAt" AS since
      FROM ${linkedMembers} WHERE m."tenantId" = ${tenantId}::uuid AND ${isReturner} ORDER BY u.id, m."backAt" DESC, m.id
    ) AS one
    ORDER BY since DESC, "memberId" OFFSET ${skip} LIMIT ${most}`;
  return { people: rows.map(({ total: _total, ...one }) => one), total: rows[0]?.total ?? 0 };
}

/** Return the user who is back by this member's row; undefined: it is decided, or the user is gone again. */
export async function findReturner({ db, tenantId }: Change, memberId: string): Promise<UserId | undefined> {
  const [row] = await db.$queryRaw<{ userId: UserId }[]>`
    SELECT u.id AS "userId" FROM ${linkedMembers}
    WHERE m.id = ${memberId}::uuid AND m."tenantId" = ${tenantId}::uuid AND ${isReturner} FOR NO KEY UPDATE OF u, m`;
  return row?.userId;
}

/** Return the reports that list this user as back. */
export async function findReportsOf({ db, tenantId }: Change, userId: UserId): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ reportId: string }[]>`
    SELECT DISTINCT m."reportId" FROM ${linkedMembers}
    WHERE m."tenantId" = ${tenantId}::uuid AND u.id = ${userId}::uuid AND m."backAt" IS NOT NULL
      AND m."reportId" IS NOT NULL`;
  return rows.map(({ reportId }) => reportId);
}

/**
 * Record that this user stays without access in every workspace to which they are back; admins are not asked again.
 */
export async function recordLeftOut({ db, tenantId, record }: Change, userId: UserId): Promise<void> {
  await db.$executeRaw`
    UPDATE "Member" SET decision = ${'left-out' satisfies MemberDecision} FROM (
      SELECT m.id FROM ${linkedMembers} WHERE m."tenantId" = ${tenantId}::uuid AND u.id = ${userId}::uuid
        AND m.status = 'present' AND m."backAt" IS NOT NULL
    ) AS theirs WHERE "Member".id = theirs.id`;
  record({ event: 'members.left-out', subjectId: userId });
}
