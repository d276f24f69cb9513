import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayName, hasAccess } from '../../people/sql.js';
import type { Leaver, MemberDecision } from '../members.types.js';

type Reads = Db | Transaction;

/** `m` with the account it is linked by, `a`, and its user, `u`. */
export const linkedMembers = Prisma.sql`"Member" m
  JOIN "Account" a ON a.platform = m.platform AND a."externalWorkspaceId" = m."externalWorkspaceId"
    AND a."accountId" = m."accountId"
  JOIN "User" u ON u.id = a."userId"`;

/**
 * Members who left a workspace, have access, are undecided, and have no other account that may still be in use. The
 * browser's own account, which everybody has, does not count.
 */
const isOpenLeaver = Prisma.sql`m.status = 'left' AND m.decision IS NULL AND ${hasAccess('u')} AND NOT EXISTS (
  SELECT 1 FROM "Account" o
  LEFT JOIN "Member" om
    ON om.platform = o.platform AND om."externalWorkspaceId" = o."externalWorkspaceId"
      AND om."accountId" = o."accountId"
  WHERE o."userId" = u.id AND o.id <> a.id AND o."linkedBy" <> o.platform AND om.status IS DISTINCT FROM 'left')`;

/**
 * Members who left, came back, have no access, and are undecided; a member who never left may have none on purpose.
 */
export const isReturner = Prisma.sql`m.status = 'present' AND m."backAt" IS NOT NULL AND m.decision IS NULL
  AND NOT ${hasAccess('u')}`;

/** Members who are no users. */
const isUnknown = Prisma.sql`m.status = 'present' AND NOT EXISTS (SELECT 1 FROM "Account" n
  WHERE n.platform = m.platform AND n."externalWorkspaceId" = m."externalWorkspaceId"
    AND n."accountId" = m."accountId")`;

/** Of those, members who can be brought in: their address is verified. */
export const isNewcomer = Prisma.sql`m.email IS NOT NULL AND ${isUnknown}`;

/** Of those, members who cannot be brought in. */
export const isWithoutAddress = Prisma.sql`m.email IS NULL AND ${isUnknown}`;

/**
 * Return the id of a workspace's report that is being gathered: a new one, or one that a reading left when its process
 * ended.
 */
export async function openReport(db: Db, listId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ reportId: string }[]>`
    UPDATE "MemberList" SET "reportId" = COALESCE("reportId", gen_random_uuid()) WHERE id = ${listId}::uuid
    RETURNING "reportId"`;
  if (!row) throw new Error('member list not found');
  return row.reportId;
}

/**
 * Add the next people of whom admins were not told yet to a report, up to `most`. Bookkeeping. Zero: there are no more.
 */
export function addToReport(db: Db, tenantId: TenantId, reportId: string, most: number): Promise<number> {
  return db.$executeRaw`
    WITH untold AS MATERIALIZED (
      (SELECT m.id FROM ${linkedMembers} WHERE m."tenantId" = ${tenantId}::uuid AND m."reportId" IS NULL
        AND ((${isOpenLeaver}) OR (${isReturner})) LIMIT ${most})
      UNION ALL
      (SELECT m.id FROM "Member" m
        WHERE m."tenantId" = ${tenantId}::uuid AND m."reportId" IS NULL AND m."bringInId" IS NULL AND ${isNewcomer}
        LIMIT ${most}))
    UPDATE "Member" SET "reportId" = ${reportId}::uuid FROM untold
    WHERE "Member".id = untold.id AND "Member"."reportId" IS NULL`;
}

/** Close a report, with its counts. False: it is empty, so there is none. */
export async function closeReport({ db, tenantId, now }: Change, listId: string, id: string): Promise<boolean> {
  await db.memberList.updateMany({ where: { id: listId }, data: { reportId: null } });
  const [row] = await db.$queryRaw<{ newcomers: number; leavers: number; back: number }[]>`
    SELECT count(*) FILTER (WHERE m.status = 'present' AND (m."backAt" IS NULL OR a.id IS NULL))::int AS newcomers,
      count(DISTINCT a."userId") FILTER (WHERE m.status = 'left')::int AS leavers,
      count(DISTINCT a."userId") FILTER (WHERE m."backAt" IS NOT NULL)::int AS back
    FROM "Member" m LEFT JOIN "Account" a
      ON a.platform = m.platform AND a."externalWorkspaceId" = m."externalWorkspaceId" AND a."accountId" = m."accountId"
    WHERE m."reportId" = ${id}::uuid`;
  const { newcomers = 0, leavers = 0, back = 0 } = row ?? {};
  if (newcomers + leavers + back === 0) return false;
  await db.memberReport.create({ data: { id, tenantId, newcomers, leavers, createdAt: now } });
  return true;
}

/**
 * Return how many people of a report are still unknown, and how many are back and still without access; undefined: no
 * such report.
 */
export async function findStillOpen(
  db: Db,
  tenantId: TenantId,
  reportId: string,
): Promise<{ readonly newcomers: number; readonly back: number } | undefined> {
  const report = await db.memberReport.findFirst({ where: { id: reportId, tenantId }, select: { id: true } });
  if (!report) return undefined;
  const [row] = await db.$queryRaw<{ newcomers: number; back: number }[]>`
    SELECT (SELECT count(*) FROM "Member" m WHERE m."reportId" = ${reportId}::uuid AND ${isNewcomer})::int AS newcomers,
      (SELECT count(DISTINCT u.id) FROM ${linkedMembers} WHERE m."reportId" = ${reportId}::uuid AND ${isReturner})::int AS back`;
  return row ?? { newcomers: 0, back: 0 };
}

/** Return the reports that list these people. The list is one parameter, so it may have any length. */
export async function findReports(
  db: Reads,
  { platform, externalWorkspaceId }: { readonly platform: string; readonly externalWorkspaceId: string },
  accountIds: readonly string[],
): Promise<readonly string[]> {
  if (accountIds.length === 0) return [];
  const rows = await db.$queryRaw<{ reportId: string }[]>`
    SELECT DISTINCT "reportId" FROM "Member"
    WHERE platform = ${platform} AND "externalWorkspaceId" = ${externalWorkspaceId}
      AND "accountId" = ANY(${[...accountIds]})
      AND status = 'left' AND "reportId" IS NOT NULL`;
  return rows.map(({ reportId }) => reportId);
}

interface LeaverRow {
  memberId: string;
  userId: string;
  displayName: string;
  title: string;
  extension: string | null;
  platform: string;
  since: Date;
  state: Leaver['state'];
  total: number;
  open: number;
}

/** Return people who left, the latest first: of a report, the decided ones too; otherwise only undecided ones. */
export async function findLeavers(
  db: Reads,
  tenantId: TenantId,
  { reportId, skip, most }: { readonly reportId: string | undefined; readonly skip: number; readonly most: number },
): Promise<{ readonly leavers: readonly Leaver[]; readonly total: number; readonly open: number }> {
  const which =
    reportId === undefined ? isOpenLeaver : Prisma.sql`m.status = 'left' AND m."reportId" = ${reportId}::uuid`;
  const rows = await db.$queryRaw<LeaverRow[]>`
    SELECT *, count(*) OVER ()::int AS total, (count(*) FILTER (WHERE state = 'open') OVER ())::int AS open FROM (
      SELECT DISTINCT ON (u.id) m.id AS "memberId", u.id AS "userId", ${displayName('u')} AS "displayName", u.title, u.extension, m.platform, m.since,
        CASE WHEN m.decision IS NOT NULL THEN m.decision WHEN NOT ${hasAccess('u')} THEN 'deactivated' ELSE 'open' END AS state
      FROM ${linkedMembers} WHERE m."tenantId" = ${tenantId}::uuid AND ${which} ORDER BY u.id, m.since DESC
    ) AS one
    ORDER BY since DESC, "displayName", "userId" OFFSET ${skip} LIMIT ${most}`;
  return {
    total: rows[0]?.total ?? 0,
    open: rows[0]?.open ?? 0,
    leavers: rows.map(({ total: _total, open: _open, ...row }) => ({
      ...row,
      userId: asId<UserId>(row.userId),
      extension: row.extension ?? undefined,
    })),
  };
}

/**
 * Return the leaver about whom an admin may decide by this member's row; undefined: it is decided, or never was a
 * question.
 */
export async function findOpenLeaver({ db, tenantId }: Change, memberId: string): Promise<UserId | undefined> {
  const [row] = await db.$queryRaw<{ userId: UserId }[]>`
    SELECT u.id AS "userId" FROM ${linkedMembers} WHERE m.id = ${memberId}::uuid AND m."tenantId" = ${tenantId}::uuid AND ${isOpenLeaver}
    FOR NO KEY UPDATE OF u, m`;
  return row?.userId;
}

/** Decide about every account by which the user left; return the reports that list them. */
export async function decideLeaver(
  { db, tenantId }: Change,
  userId: UserId,
  decision: Exclude<MemberDecision, 'left-out'>,
): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ reportId: string | null }[]>`
    UPDATE "Member" SET decision = ${decision} FROM (
      SELECT m.id FROM ${linkedMembers} WHERE m."tenantId" = ${tenantId}::uuid AND u.id = ${userId}::uuid AND m.status = 'left'
    ) AS theirs
    WHERE "Member".id = theirs.id RETURNING "Member"."reportId"`;
  return [...new Set(rows.flatMap(({ reportId }) => reportId ?? []))];
}
