import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Address } from '../chat/messenger.js';
import { localeOf } from '../chat/phrasing.js';
import { batched } from '../coalesce-calls.js';
import type { Clock, Db } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import type { NotificationType } from '../people/person.js';
import { hasAccess } from '../people/sql.js';
import { companySql, ownSql, sql } from '../settings/sql.js';
import type { LeaseRenewal } from '../tasks/lease.js';
import { endLease, heldBy, isFree, type Lease, renewalOutside, renewLease, takeLease } from '../tasks/lease.store.js';
import { attemptOf, failedAttempt, insertAttempts } from './delivery-attempt.store.js';
import type { NoticeKind } from './notice-kind.js';
import { type AttemptedPosting, type FoundPosting, savePostings } from './posting.store.js';

interface Subject {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly userId: string;
}

/** Create a notice with version 1, or raise the version of an existing one; return its id. One round trip. */
export async function raiseNotice({ db, tenantId, now }: Change, notice: Subject): Promise<string> {
  const asked = Prisma.sql`(SELECT ${randomUUID()}::uuid AS "noticeId", ${notice.userId}::uuid AS "userId",
    ${notice.subjectId}::uuid AS "subjectId") AS asked`;
  const [raised] = await db.$queryRaw<{ id: string }[]>`
    ${newNotices(tenantId, now, notice.kind, asked)}
    ON CONFLICT (kind, "subjectId", "userId")
    DO UPDATE SET version = "Notice".version + 1, attempts = 0, "dueAt" = ${dueUnlessClaimed(now)}
    RETURNING id`;
  if (!raised) throw new Error('notice upsert returned no row');
  return raised.id;
}

/**
 * A statement, or part of one: notices of a kind, due now, one for each row of `from`, which has its "noticeId", its
 * recipient ("userId") and its subject ("subjectId").
 */
export const newNotices = (tenantId: TenantId, now: Date, kind: NoticeKind, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
    INSERT INTO "Notice" (id, "tenantId", "userId", kind, "subjectId", "dueAt", "createdAt")
    SELECT "noticeId", ${tenantId}::uuid, "userId", ${kind}, "subjectId", ${now}, ${now} FROM ${from}`;

/** The holder of a claimed notice also posts the new version, so its lease stays as it is. */
const dueUnlessClaimed = (now: Date): Prisma.Sql =>
  Prisma.sql`CASE WHEN "Notice"."claimedAt" IS NULL THEN ${now} ELSE "Notice"."dueAt" END`;

/** As `raiseNotice`, but undefined if there is no notice yet. */
export async function raiseExistingNotice({ db, now }: Change, notice: Subject): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Notice" SET version = version + 1, attempts = 0, "dueAt" = ${dueUnlessClaimed(now)}
    WHERE kind = ${notice.kind} AND "subjectId" = ${notice.subjectId}::uuid AND "userId" = ${notice.userId}::uuid
    RETURNING id`;
  return row?.id;
}

/** As `raiseExistingNotice`, for every recipient of a notice of this kind about one of these subjects. */
export function raiseExistingNotices(
  { db, tenantId, now }: Change,
  kind: NoticeKind,
  subjectIds: readonly string[],
): Promise<{ id: string; userId: UserId }[]> {
  return db.$queryRaw`
    UPDATE "Notice" SET version = version + 1, attempts = 0, "dueAt" = ${dueUnlessClaimed(now)}
    -- Locked in the order of their ids, as all do that lock several: in different orders two changes would deadlock.
    WHERE id IN (
      SELECT id FROM "Notice"
      WHERE kind = ${kind} AND "subjectId" = ANY(${[...subjectIds]}::uuid[]) AND "tenantId" = ${tenantId}::uuid
      ORDER BY id FOR NO KEY UPDATE)
    RETURNING id, "userId"`;
}

/** A recipient's address, how the recipient reads there, and what was posted there already. */
export interface Place {
  readonly to: Address;
  readonly reader: { readonly locale: 'en' | 'fr'; readonly timeZone: string; readonly ownTimeZone: string };
  readonly posted: FoundPosting | undefined;
  /** The app in the browser, which is linked by itself: a card there tells nobody who does not look. */
  readonly isOwnApp?: boolean;
}

/** A leased notice, with everything that posting it needs. */
export interface ClaimedNotice extends Lease {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly version: number;
  /** It was posted everywhere once: addresses that were added later get no old news. */
  readonly told: boolean;
  /** An unrecorded card may have been posted. */
  readonly unsure: boolean;
  readonly createdAt: Date;
  /** How often it was claimed since it last changed, this time included. */
  readonly attempts: number;
  /** By the recipient's setting or the company's. */
  readonly mailKind: NotificationType;
  /** Where they are told of calls they missed. */
  readonly missedCallPlaces: { readonly chat: boolean; readonly mail: boolean };
  /** Cards of messages are wanted in chat. */
  readonly wantsChatCards: boolean;
  /** `22:00-07:00`, in the zone of `mailReader`; empty: none. */
  readonly quietHours: string;
  readonly mayBeTold: boolean;
  readonly email: string;
  readonly mailReader: Place['reader'];
  readonly accounts: readonly Omit<Place, 'posted'>[];
  readonly postings: readonly FoundPosting[];
}

interface ClaimedRow {
  id: string;
  tenantId: string;
  userId: string;
  kind: string;
  subjectId: string;
  version: number;
  settled: number;
  unsure: boolean;
  attempts: number;
  claimedAt: Date;
  createdAt: Date;
  email: string;
  mayBeTold: boolean;
  notificationType: string;
  missedCallNotification: string;
  chatCards: boolean;
  quietHours: string;
  language: string;
  timeZone: string;
  chosenTimeZone: string | null;
  accounts: AccountRow[];
  postings: FoundPosting[];
}

interface AccountRow {
  isOwnApp: boolean;
  platform: string;
  externalWorkspaceId: string;
  accountId: string;
  locale: string | null;
  timeZone: string | null;
  conversation: unknown;
}

/**
 * Claim a notice that has something to post, no holder, and does not wait for the end of quiet hours. One round trip,
 * since every card waits for it; jobs at the same moment are batched, and only one of them gets a notice.
 */
export const claimNotice = batched(async (db: Db, asked: readonly { readonly id: string; readonly clock: Clock }[]) => {
  const [first] = asked;
  if (!first) return [];
  const { clock } = first;
  // A locked notice is being changed, settled or claimed by another worker that will post it or have it posted; waiting
  // for it while holding others could deadlock.
  const rows = await db.$queryRaw<ClaimedRow[]>`
    WITH free AS (
      SELECT id FROM "Notice"
      WHERE id = ANY(${asked.map(({ id }) => id)}::uuid[]) AND settled < version AND "heldUntil" IS NULL AND ${isFree(clock)}
      FOR NO KEY UPDATE SKIP LOCKED
    ), claimed AS (
      -- Whoever held it before us and died may have sent a card.
      UPDATE "Notice" SET ${takeLease(clock, 'Notice')}, unsure = unsure OR "claimedAt" IS NOT NULL
      FROM free WHERE "Notice".id = free.id
      RETURNING "Notice".*
    )
    SELECT n.id, n."tenantId", n."userId", n.kind, n."subjectId", n.version, n.settled, n.unsure, n.attempts,
      n."claimedAt", n."createdAt", u.email,
      ${hasAccess('u')} AND t.enabled AS "mayBeTold",
      -- Whoever has chosen nothing is told by e-mail until a chat account is linked; the app's own is linked by itself.
      CASE WHEN ${ownSql('notificationType', 'u')} IS NULL AND ${companySql('notificationType', 't')} = 'app_only'
          AND NOT ${isInChat}
        THEN 'email_only' ELSE ${sql('notificationType', recipient)}
      END AS "notificationType",
      CASE WHEN ${ownSql('missedCallNotification', 'u')} IS NULL AND ${companySql('missedCallNotification', 't')} = 'chat'
          AND NOT ${isInChat}
        THEN 'both' ELSE ${sql('missedCallNotification', recipient)}
      END AS "missedCallNotification",
      ${sql('chatCards', recipient)} AS "chatCards", ${sql('quietHours', recipient)} AS "quietHours",
      ${sql('language', recipient)} AS language, ${sql('timeZone', recipient)} AS "timeZone",
      ${ownSql('timeZone', 'u')} AS "chosenTimeZone",
      COALESCE((
        SELECT json_agg(json_build_object('platform', a.platform, 'externalWorkspaceId', a."externalWorkspaceId",
          'accountId', a."accountId", 'isOwnApp', a."linkedBy" = a.platform, 'locale', a.locale, 'timeZone', a."timeZone", 'conversation', a.conversation)
          ORDER BY a."createdAt")
        FROM "Account" a WHERE a."tenantId" = n."tenantId" AND a."userId" = n."userId"
      ), '[]') AS accounts,
      COALESCE((
        SELECT json_agg(json_build_object('platform', p.platform, 'address', p.address, 'ref', p.ref,
          'shows', p.shows, 'status', p.status, 'why', p.why, 'audio', p.audio, 'audioThere', p."audioThere",
          'owesAudio', p."dueAt" IS NOT NULL))
        FROM "Posting" p WHERE p."noticeId" = n.id
      ), '[]') AS postings
    FROM claimed n JOIN "User" u ON u.id = n."userId" JOIN "Tenant" t ON t.id = n."tenantId"`;
  const claimed = new Map(rows.map((row) => [row.id, claimedOf(row)]));
  return asked.map(({ id }) => {
    const notice = claimed.get(id);
    claimed.delete(id);
    return notice;
  });
});

/** Return the condition that the person has linked an account of a chat platform. */
const isInChat = Prisma.sql`EXISTS
  (SELECT 1 FROM "Account" a WHERE a."userId" = u.id AND a."linkedBy" <> a.platform)`;

/** Aliases of the rows in the claiming query. */
const recipient = { user: 'u', tenant: 't' };

function claimedOf(row: ClaimedRow): ClaimedNotice {
  const locale = localeOf(row.language);
  const ownTimeZone = row.timeZone;
  return {
    id: row.id,
    tenantId: asId<TenantId>(row.tenantId),
    userId: asId<UserId>(row.userId),
    kind: row.kind as NoticeKind,
    subjectId: row.subjectId,
    version: row.version,
    told: row.settled > 0,
    unsure: row.unsure,
    claimedAt: row.claimedAt,
    createdAt: row.createdAt,
    attempts: row.attempts,
    mailKind: row.notificationType as ClaimedNotice['mailKind'],
    missedCallPlaces: {
      chat: ['chat', 'both'].includes(row.missedCallNotification),
      mail: ['email', 'both'].includes(row.missedCallNotification),
    },
    wantsChatCards: row.chatCards,
    quietHours: row.quietHours,
    mayBeTold: row.mayBeTold,
    email: row.email,
    mailReader: { locale, timeZone: ownTimeZone, ownTimeZone },
    accounts: row.accounts.map((account) => ({
      isOwnApp: account.isOwnApp,
      to: {
        platform: account.platform,
        address: `${account.externalWorkspaceId}/${account.accountId}`,
        externalWorkspaceId: account.externalWorkspaceId,
        accountId: account.accountId,
        ...(account.conversation === null ? {} : { conversation: account.conversation }),
      },
      // As in `identify`: the card uses the language of the answers in the same chat.
      reader: {
        locale: localeOf(account.locale, locale),
        timeZone: row.chosenTimeZone ?? account.timeZone ?? ownTimeZone,
        ownTimeZone,
      },
    })),
    postings: row.postings,
  };
}

/** Renew the lease. */
export const renewClaim = (db: Db, clock: Clock, notice: ClaimedNotice): Promise<boolean> =>
  renewLease(db, clock, 'Notice', notice);

/** The renewal for the lease keeper, by PostgreSQL's clock: the clock of a blocked process is no help. */
export const renewalOf = (notice: ClaimedNotice): LeaseRenewal => renewalOutside('Notice', notice);

/** The end of a claim, with the posting at the only address, if it is not recorded yet. */
interface Settlement {
  readonly notice: ClaimedNotice;
  readonly posting: AttemptedPosting | undefined;
  readonly clock: Clock;
}

/**
 * End the claim once every address shows the notice's version; `posting`, if given, is recorded in the same round trip;
 * jobs at the same moment are batched. True: the notice was raised meanwhile, and there is more to post. Idempotent.
 */
export const settleNotice = batched(async (db: Db, settlements: readonly Settlement[]) => {
  const [only, ...others] = settlements;
  if (only && others.length === 0) return [(await settle(db, settlements, Prisma.empty)).get(only.notice.id) ?? false];
  const more = await settle(db, settlements, Prisma.sql`SKIP LOCKED`);
  const settled = async ({ notice, clock }: Settlement) =>
    more.get(notice.id) ??
    (await settle(db, [{ notice, clock, posting: undefined }], Prisma.empty)).get(notice.id) ??
    false;
  return Promise.all(settlements.map(settled));
});

/**
 * Return whether there is more to post, for each settled notice. A change locks notices in an order of its own: this
 * statement holds some, so it must not wait for another (`locked`), or both could deadlock.
 */
async function settle(
  db: Db,
  settlements: readonly Settlement[],
  locked: Prisma.Sql,
): Promise<ReadonlyMap<string, boolean>> {
  const [first] = settlements;
  if (!first) return new Map();
  const posted = settlements.flatMap(({ posting, ...settlement }) => (posting ? { ...settlement, posting } : []));
  const ends = settlements.map(({ notice: { id, version, claimedAt } }) => ({ id, version, claimedAt }));
  const rows = await db.$queryRaw<{ id: string; more: boolean }[]>`
    WITH attempt AS (${insertAttempts(first.clock, posted.map(attemptOf))}),
    posting AS (${savePostings(first.clock, posted)}), done AS (
      SELECT n.id, over.version
      -- How many are told, and each is found by its key: PostgreSQL takes a list for a hundred rows, and reads tables whole.
      FROM (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
          AS over (id uuid, version int, "claimedAt" timestamptz) LIMIT ${ends.length}
      ) AS over
      CROSS JOIN LATERAL (
        SELECT id FROM "Notice" WHERE id = over.id AND "claimedAt" = over."claimedAt" FOR NO KEY UPDATE ${locked}
      ) n
    )
    UPDATE "Notice" n SET settled = GREATEST(n.settled, done.version), "claimedAt" = NULL, unsure = false
    FROM done WHERE n.id = done.id
    RETURNING n.id, n.version > done.version AS more`;
  return new Map(rows.map(({ id, more }) => [id, more]));
}

/** A platform did not accept the card, for now. */
export interface Failure {
  readonly sent: 'card' | 'update';
  readonly platform: string;
  readonly address: string;
  readonly why: string;
}

/**
 * Release the claim, so that the next attempt need not wait for it to run out; the sweep's attempts come a minute later
 * each time, up to an hour. `unsure`: a card may have arrived.
 */
export async function releaseNotice(
  db: Db,
  clock: Clock,
  notice: ClaimedNotice,
  { failures, unsure }: { readonly failures: readonly Failure[]; readonly unsure: boolean },
): Promise<void> {
  const rows = failures.map((failure) => ({ ...failure, id: randomUUID() }));
  const attempts = failures.map((failure) =>
    failedAttempt({ ...failure, noticeId: notice.id, tenantId: notice.tenantId }),
  );
  await db.$executeRaw`
    WITH attempt AS (${insertAttempts(clock, attempts)})
    INSERT INTO "Posting" (id, "tenantId", "noticeId", platform, address, status, why, at)
    SELECT id, ${notice.tenantId}::uuid, ${notice.id}::uuid, platform, address, 'failed', why, ${clock.now()}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, platform text, address text, why text)
    -- A holder that lost its lease says nothing of what the new one sent.
    WHERE (SELECT count(*) FROM "Notice" WHERE ${heldBy(notice)}) > 0
    ON CONFLICT ("noticeId", platform, address) DO UPDATE
    SET status = EXCLUDED.status, why = EXCLUDED.why, at = EXCLUDED.at`;
  if (unsure) await db.$executeRaw`UPDATE "Notice" SET unsure = true WHERE ${heldBy(notice)}`;
  await endLease(db, clock, 'Notice', notice, Math.min(notice.attempts, 60) * 60);
}
