import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Address, MessageRef } from '../chat/messenger.js';
import { localeOf } from '../chat/phrasing.js';
import { abandonedBefore } from '../claim.js';
import type { Db } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import type { NoticeKind } from './notice.js';

interface Subject {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly userId: string;
}

/** The notice's id; a new one has version 1, one that exists a version more. One round trip. */
export async function raiseNotice({ db, tenantId, now }: Change, notice: Subject): Promise<string> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "Notice" (id, "tenantId", "userId", kind, "subjectId", "dueAt", "createdAt")
    VALUES (${randomUUID()}::uuid, ${tenantId}::uuid, ${notice.userId}::uuid, ${notice.kind},
      ${notice.subjectId}::uuid, ${now}, ${now})
    ON CONFLICT (kind, "subjectId", "userId")
    DO UPDATE SET version = "Notice".version + 1, attempts = 0, "dueAt" = ${now}
    RETURNING id`;
  if (!row) throw new Error('a notice was neither made nor raised');
  return row.id;
}

/** As `raiseNotice`, but undefined where there is no notice yet. */
export async function raiseToldNotice({ db, now }: Change, notice: Subject): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Notice" SET version = version + 1, attempts = 0, "dueAt" = ${now}
    WHERE kind = ${notice.kind} AND "subjectId" = ${notice.subjectId}::uuid AND "userId" = ${notice.userId}::uuid
    RETURNING id`;
  return row?.id;
}

/** Where a person is written to, how they read there, and what stands there already. */
export interface Place {
  readonly to: Address;
  readonly reader: { readonly locale: 'en' | 'fr'; readonly timeZone: string };
  readonly posted:
    | {
        readonly ref: MessageRef | undefined;
        readonly shows: number;
        readonly status: 'sent' | 'unreachable';
      }
    | undefined;
}

/** A notice that is ours for a while, with everything that posting it needs. */
export interface ClaimedNotice {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly version: number;
  /** It stood everywhere once: places that came later get no old news. */
  readonly told: boolean;
  readonly claimedAt: Date;
  /** How often it was claimed since it last changed, this time included. */
  readonly attempts: number;
  /** As their setting or their company's says. */
  readonly mailKind: 'email_only' | 'email_with_attachment' | 'app_only';
  readonly mayBeTold: boolean;
  readonly email: string;
  readonly mailReader: Place['reader'];
  readonly accounts: readonly Omit<Place, 'posted'>[];
  readonly postings: readonly Posting[];
}

export interface Posting {
  readonly platform: string;
  readonly address: string;
  readonly ref: MessageRef | null;
  readonly shows: number;
  readonly status: 'sent' | 'unreachable';
  readonly why: string;
}

interface ClaimedRow {
  id: string;
  tenantId: string;
  userId: string;
  kind: string;
  subjectId: string;
  version: number;
  settled: number;
  attempts: number;
  email: string;
  mayBeTold: boolean;
  notificationType: string;
  language: string | null;
  timeZone: string | null;
  tenantLanguage: string;
  tenantTimeZone: string;
  accounts: AccountRow[];
  postings: Posting[];
}

interface AccountRow {
  platform: string;
  workspaceId: string;
  accountId: string;
  locale: string | null;
  timeZone: string | null;
  conversation: unknown;
}

/** Claims a notice that has something to show and nobody at work on it. One round trip, since every card waits for it. */
export async function claimNotice(db: Db, id: string, now: Date): Promise<ClaimedNotice | undefined> {
  const [row] = await db.$queryRaw<ClaimedRow[]>`
    WITH claimed AS (
      UPDATE "Notice" SET "claimedAt" = ${now}, attempts = attempts + 1
      WHERE id = ${id}::uuid AND settled < version
        AND ("claimedAt" IS NULL OR "claimedAt" < ${abandonedBefore(now)})
      RETURNING *
    )
    SELECT n.id, n."tenantId", n."userId", n.kind, n."subjectId", n.version, n.settled, n.attempts, u.email,
      u.access <> 'none' AND t.enabled AS "mayBeTold",
      -- Whoever has chosen nothing is told by e-mail until a chat account is linked; the app's own is linked by itself.
      CASE WHEN u."notificationType" IS NULL AND t."notificationType" = 'app_only' AND NOT EXISTS
          (SELECT 1 FROM "Account" a WHERE a."userId" = u.id AND a."linkedBy" <> a.platform)
        THEN 'email_only' ELSE COALESCE(u."notificationType", t."notificationType")
      END AS "notificationType",
      u.language, u."timeZone", t.language AS "tenantLanguage", t."timeZone" AS "tenantTimeZone",
      COALESCE((
        SELECT json_agg(json_build_object('platform', a.platform, 'workspaceId', a."workspaceId",
          'accountId', a."accountId", 'locale', a.locale, 'timeZone', a."timeZone", 'conversation', a.conversation)
          ORDER BY a."createdAt")
        FROM "Account" a WHERE a."tenantId" = n."tenantId" AND a."userId" = n."userId"
      ), '[]') AS accounts,
      COALESCE((
        SELECT json_agg(json_build_object('platform', p.platform, 'address', p.address, 'ref', p.ref,
          'shows', p.shows, 'status', p.status, 'why', p.why))
        FROM "Posting" p WHERE p."noticeId" = n.id
      ), '[]') AS postings
    FROM claimed n JOIN "User" u ON u.id = n."userId" JOIN "Tenant" t ON t.id = n."tenantId"`;
  return row && claimedOf(row, now);
}

function claimedOf(row: ClaimedRow, claimedAt: Date): ClaimedNotice {
  const locale = localeOf(row.language, localeOf(row.tenantLanguage));
  return {
    id: row.id,
    tenantId: as<TenantId>(row.tenantId),
    userId: as<UserId>(row.userId),
    kind: row.kind as NoticeKind,
    subjectId: row.subjectId,
    version: row.version,
    told: row.settled > 0,
    claimedAt,
    attempts: row.attempts,
    mailKind: row.notificationType as ClaimedNotice['mailKind'],
    mayBeTold: row.mayBeTold,
    email: row.email,
    mailReader: { locale, timeZone: row.timeZone ?? row.tenantTimeZone },
    accounts: row.accounts.map((account) => ({
      to: {
        platform: account.platform,
        address: `${account.workspaceId}/${account.accountId}`,
        workspaceId: account.workspaceId,
        accountId: account.accountId,
        ...(account.conversation === null ? {} : { conversation: account.conversation }),
      },
      // As `identify` has it: the card reads like the answers they get in the same chat.
      reader: {
        locale: localeOf(account.locale, locale),
        timeZone: row.timeZone ?? account.timeZone ?? row.tenantTimeZone,
      },
    })),
    postings: row.postings,
  };
}

/** Remembers what stands at one address. */
export async function savePosting(db: Db, notice: ClaimedNotice, posting: Posting, now: Date): Promise<void> {
  await db.$executeRaw`${upsertOf(notice, posting, now)}`;
}

/**
 * Everything shows the notice's version, and the claim is over; `posting`, if given, is remembered in the same round
 * trip. True where it was raised meanwhile: there is more to show.
 */
export async function settleNotice(
  db: Db,
  notice: ClaimedNotice,
  posting: Posting | undefined,
  now: Date,
): Promise<boolean> {
  const remembering = posting ? Prisma.sql`WITH posting AS (${upsertOf(notice, posting, now)})` : Prisma.empty;
  const [row] = await db.$queryRaw<{ more: boolean }[]>`
    ${remembering}
    UPDATE "Notice" SET settled = GREATEST(settled, ${notice.version}), "claimedAt" = NULL
    WHERE id = ${notice.id}::uuid AND "claimedAt" = ${notice.claimedAt}
    RETURNING version > ${notice.version} AS more`;
  return row?.more ?? false;
}

function upsertOf(notice: ClaimedNotice, posting: Posting, now: Date): Prisma.Sql {
  const ref = posting.ref === null ? null : JSON.stringify(posting.ref);
  return Prisma.sql`
    INSERT INTO "Posting" (id, "tenantId", "noticeId", platform, address, ref, shows, status, why, at)
    VALUES (${randomUUID()}::uuid, ${notice.tenantId}::uuid, ${notice.id}::uuid, ${posting.platform},
      ${posting.address}, ${ref}::jsonb, ${posting.shows}, ${posting.status}, ${posting.why}, ${now})
    ON CONFLICT ("noticeId", platform, address) DO UPDATE
    SET ref = EXCLUDED.ref, shows = EXCLUDED.shows, status = EXCLUDED.status, why = EXCLUDED.why, at = EXCLUDED.at`;
}

/** The next try need not wait for the claim to grow old; the sweep's tries come a minute later each time, up to an hour. */
export async function releaseNotice(db: Db, notice: ClaimedNotice, now: Date): Promise<void> {
  const dueAt = new Date(now.getTime() + Math.min(notice.attempts, 60) * 60_000);
  await db.notice.updateMany({
    where: { id: notice.id, claimedAt: notice.claimedAt },
    data: { claimedAt: null, dueAt },
  });
}
