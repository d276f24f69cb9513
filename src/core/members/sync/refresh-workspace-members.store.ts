import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Clock, Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { databaseNow, heldBy, type Lease, renewLease, secondsFromNow, takeLease } from '../../tasks/lease.store.js';
import type { ListFailure } from '../members.types.js';
import type { KnownPlace } from '../ports.js';
import type { MemberFacts, MemberStatus } from './member-facts.js';

/** A leased list of a workspace. */
export interface ClaimedList extends Lease {
  readonly tenantId: TenantId;
  readonly platform: string;
  readonly externalWorkspaceId: string;
  /** Failed attempts since the last success, this one included. */
  readonly attempts: number;
  readonly believe: boolean;
}

/**
 * Insert the row of a workspace's list if there is none yet, due at once. Undefined: there is no such workspace, or it
 * is not `ofTenant`.
 */
export async function ensureList(
  db: Db,
  clock: Clock,
  id: string,
  ofTenant?: TenantId,
): Promise<{ readonly platform: string } | undefined> {
  const tenantCondition = ofTenant === undefined ? Prisma.empty : Prisma.sql`AND "tenantId" = ${ofTenant}::uuid`;
  await db.$executeRaw`
    INSERT INTO "MemberList" (id, "tenantId", platform, "externalWorkspaceId", "dueAt")
    SELECT id, "tenantId", platform, "externalId", ${databaseNow(clock)} FROM "Workspace" WHERE id = ${id}::uuid ${tenantCondition}
    ON CONFLICT DO NOTHING`;
  const where = { id, ...(ofTenant === undefined ? {} : { tenantId: ofTenant }) };
  return (await db.memberList.findFirst({ where, select: { platform: true } })) ?? undefined;
}

/** Claim a list that is due: one without a reader, or whose reader's lease has run out. */
export async function claimList(db: Db, clock: Clock, id: string): Promise<ClaimedList | undefined> {
  const [row] = await db.$queryRaw<ClaimedList[]>`
    UPDATE "MemberList" SET ${takeLease(clock, 'MemberList')}
    WHERE id = ${id}::uuid AND "dueAt" <= ${databaseNow(clock)}
    RETURNING id, "tenantId", platform, "externalWorkspaceId", attempts, believe, "claimedAt"`;
  return row;
}

/** Extend the lease. False: it was lost. */
export const renewListClaim = (db: Db, clock: Clock, list: ClaimedList): Promise<boolean> =>
  renewLease(db, clock, 'MemberList', list);

/** The result of a reading. */
export type Outcome =
  | { readonly kind: 'read'; readonly whole: boolean; readonly missing: string | undefined }
  | {
      readonly kind: 'failed';
      readonly failure: ListFailure;
      readonly permission?: string | undefined;
      readonly lost?: number;
      readonly known?: number;
    };

/** End the lease and set when to read next. False: it was lost. */
export async function settleList(
  db: Db | Change['db'],
  clock: Clock,
  list: ClaimedList,
  outcome: Outcome,
  dueInSeconds: number,
): Promise<boolean> {
  const now = clock.now();
  const became =
    outcome.kind === 'read'
      ? Prisma.sql`"readAt" = ${now}, "failedAt" = NULL, attempts = 0, believe = false, whole = ${outcome.whole},
          failure = ${outcome.missing === undefined ? null : 'permission'}, permission = ${outcome.missing ?? null},
          lost = 0, known = 0`
      : Prisma.sql`"failedAt" = ${now}, failure = ${outcome.failure}, permission = ${outcome.permission ?? null},
          lost = ${outcome.lost ?? 0}, known = ${outcome.known ?? 0}`;
  const settled = await db.$executeRaw`
    UPDATE "MemberList" SET "claimedAt" = NULL, "dueAt" = ${secondsFromNow(clock, dueInSeconds)}, ${became}
    WHERE ${heldBy(list)}`;
  return settled > 0;
}

/** Return every account of a workspace in the mirror. */
export async function findMirror(
  db: Db,
  { platform, externalWorkspaceId }: Workspace,
): Promise<ReadonlyMap<string, MemberStatus>> {
  const rows = await db.member.findMany({
    where: { platform, externalWorkspaceId },
    select: { accountId: true, status: true },
  });
  return new Map(rows.map(({ accountId, status }) => [accountId, status as MemberStatus]));
}

interface Workspace {
  readonly tenantId: TenantId;
  readonly platform: string;
  readonly externalWorkspaceId: string;
}

/**
 * Save a platform's facts of people in the mirror: bookkeeping, so it leaves no audit line. A guest or a leaver who is
 * unknown here is not added; facts seen after `seenAt` stay.
 */
export async function saveMembers(
  db: Db,
  { tenantId, platform, externalWorkspaceId }: Workspace,
  members: readonly MemberFacts[],
  seenAt: Date,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Member" AS m (id, "tenantId", platform, "externalWorkspaceId", "accountId", "displayName", "firstName",
      "lastName", title, email, locale, "timeZone", status, since, "seenAt")
    SELECT gen_random_uuid(), ${tenantId}::uuid, ${platform}, ${externalWorkspaceId}, r."accountId", r."displayName",
      r."firstName", r."lastName", r.title, r.email, r.locale, r."timeZone", r.status, ${seenAt}, ${seenAt}
    FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS r ("accountId" text, "displayName" text,
      "firstName" text, "lastName" text, title text, email text, locale text, "timeZone" text, status text)
    WHERE r.status = 'present'
      OR EXISTS (SELECT 1 FROM "Member" k WHERE k.platform = ${platform}
        AND k."externalWorkspaceId" = ${externalWorkspaceId}
        AND k."accountId" = r."accountId")
      OR (r.status = 'left' AND EXISTS (SELECT 1 FROM "Account" a WHERE a.platform = ${platform}
        AND a."externalWorkspaceId" = ${externalWorkspaceId} AND a."accountId" = r."accountId"))
    ON CONFLICT (platform, "externalWorkspaceId", "accountId") DO UPDATE SET
      "displayName" = EXCLUDED."displayName", "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
      title = EXCLUDED.title, locale = EXCLUDED.locale, "timeZone" = EXCLUDED."timeZone",
      -- A platform no longer tells the address of whom it removed; it is how they are told apart.
      email = CASE WHEN EXCLUDED.status = 'left' THEN COALESCE(EXCLUDED.email, m.email) ELSE EXCLUDED.email END,
      problem = CASE WHEN EXCLUDED.email IS DISTINCT FROM m.email THEN NULL ELSE m.problem END,
      status = EXCLUDED.status,
      since = CASE WHEN m.status = EXCLUDED.status THEN m.since ELSE EXCLUDED.since END,
      "reportId" = CASE WHEN m.status = EXCLUDED.status THEN m."reportId" ELSE NULL END,
      "backAt" = CASE WHEN EXCLUDED.status <> 'present' THEN NULL
        WHEN m.status = 'left' THEN EXCLUDED."seenAt" ELSE m."backAt" END,
      decision = CASE WHEN m.status = EXCLUDED.status THEN m.decision ELSE NULL END,
      "seenAt" = EXCLUDED."seenAt"
    WHERE m."seenAt" <= EXCLUDED."seenAt"`;
}

/**
 * Update PostgreSQL's statistics of tables after many writes: without statistics of new rows, its plans expect one row
 * and repeat the work for each of a hundred thousand.
 */
export async function updateStatistics(db: Db): Promise<void> {
  await db.$executeRaw`ANALYZE "Member", "Account"`;
}

/** Mark everybody as left whom a whole list, begun at `seenAt`, did not contain. */
export async function markAbsent(db: Db, { platform, externalWorkspaceId }: Workspace, seenAt: Date): Promise<void> {
  await db.member.updateMany({
    where: { platform, externalWorkspaceId, status: { in: ['present', 'outside'] }, seenAt: { lt: seenAt } },
    data: { status: 'left', since: seenAt, reportId: null, decision: null },
  });
}

/** Save the platform's facts of linked accounts, or of the one named: bookkeeping, too. */
export async function refreshAccounts(
  db: Db,
  { platform, externalWorkspaceId }: Workspace,
  accountId: string | null = null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Account" a SET locale = COALESCE(m.locale, a.locale), "timeZone" = COALESCE(m."timeZone", a."timeZone")
    FROM "Member" m
    WHERE m.platform = ${platform} AND m."externalWorkspaceId" = ${externalWorkspaceId} AND m.status = 'present'
      AND (${accountId}::text IS NULL OR m."accountId" = ${accountId})
      AND a.platform = m.platform AND a."externalWorkspaceId" = m."externalWorkspaceId"
        AND a."accountId" = m."accountId"
      AND (COALESCE(m.locale, a.locale) IS DISTINCT FROM a.locale
        OR COALESCE(m."timeZone", a."timeZone") IS DISTINCT FROM a."timeZone")`;
}

/** Make a list due now; a lease on it stays. False: the company has no such list. */
export async function makeDue({ db, tenantId }: Change, clock: Clock, id: string, believe: boolean): Promise<boolean> {
  const made = await db.$executeRaw`
    UPDATE "MemberList" SET attempts = 0, believe = believe OR ${believe},
      "dueAt" = CASE WHEN "claimedAt" IS NULL THEN ${databaseNow(clock)} ELSE "dueAt" END
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid`;
  return made > 0;
}

/** Return the places of a workspace where the app is among several people. */
export async function findPlaces(db: Db, { platform, externalWorkspaceId }: Workspace): Promise<readonly KnownPlace[]> {
  const rows = await db.memberPlace.findMany({
    where: { platform, externalWorkspaceId },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ placeId, conversation }) => ({ placeId, conversation }));
}

/** Save a place. Idempotent; the newest conversation counts. Bookkeeping. */
export async function savePlace(
  db: Db,
  place: Workspace & { readonly placeId: string; readonly conversation: unknown },
  now: Date,
): Promise<void> {
  const { tenantId, platform, externalWorkspaceId, placeId } = place;
  const conversation = JSON.stringify(place.conversation ?? {});
  await db.$executeRaw`
    INSERT INTO "MemberPlace" (id, "tenantId", platform, "externalWorkspaceId", "placeId", conversation, "createdAt")
    VALUES (gen_random_uuid(), ${tenantId}::uuid, ${platform}, ${externalWorkspaceId}, ${placeId},
      ${conversation}::jsonb, ${now})
    ON CONFLICT (platform, "externalWorkspaceId", "placeId") DO UPDATE SET conversation = EXCLUDED.conversation`;
}
