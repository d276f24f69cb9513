import type { Change } from '../../change.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayNameOf } from '../../people/person.js';
import {
  databaseNow,
  endLease,
  finishLease,
  heldBy,
  isFree,
  type Lease,
  secondsFromNow,
  takeLease,
} from '../../tasks/lease.store.js';
import type { ProviderRecording } from '../../voicemail/ports.js';

/** The states of a message that a caller was asked to leave; `none`: nothing was left. */
export const awaitedStatuses = ['waiting', 'received', 'none', 'given-up'] as const;
type AwaitedStatus = (typeof awaitedStatuses)[number];

/**
 * A process that ended may have missed the provider's report; asked too early, the provider says that it is still
 * recording.
 */
const untoldSeconds = 2 * 60;

interface NewAwaitedMessage {
  readonly callId: string;
  readonly mailboxUserId: string;
  readonly language: string;
}

/** Record that a call was asked to leave a message which the core fetches. No-op for a known call. */
export async function awaitMessage({ db, tenantId, now }: Change, awaited: NewAwaitedMessage): Promise<void> {
  const dueAt = new Date(now.getTime() + untoldSeconds * 1000);
  const { count } = await db.awaitedMessage.createMany({
    data: [{ ...awaited, tenantId, dueAt, createdAt: now }],
    skipDuplicates: true,
  });
  if (count > 0) return;
  // Sent to one mailbox, which the provider did not hear of, and then to another.
  const { callId, mailboxUserId } = awaited;
  await db.awaitedMessage.updateMany({
    where: { tenantId, callId, status: 'waiting', recordingSid: null },
    data: { mailboxUserId, dueAt },
  });
}

/** A recording as the provider reports it, and what is known of the caller. */
export interface ReportedRecording {
  readonly recording: ProviderRecording;
  /**
   * `review`: on the line, and about to choose what becomes of it. `gone`: they have hung up. `unknown`: the report does
   * not say; the caller's own choice is awaited for some seconds.
   */
  readonly caller: 'review' | 'gone' | 'unknown';
  /** It says too little for a message. */
  readonly isTooShort: boolean;
}

/** How long a caller has for the review of a message, whose call then counts as over. */
const reviewSeconds = 5 * 60;
/** The provider reports the recording and what the caller did at about the same time, in any order. */
const wordSeconds = 15;

/**
 * Record that the provider reported a recording. It is due as soon as the caller can no longer change it, even if there
 * seemed to be none, or if the call has left another one before (a call that began anew keeps its id). Until then another
 * recording replaces it. Returns the row's id; undefined: no message is awaited, or this one is settled. Releases a lease
 * taken before the recording was known; a lease on this recording stays, and with it `dueAt`, which is when it ends.
 */
export async function noteRecording(
  db: Db,
  call: { readonly tenantId: TenantId; readonly callId: string },
  { recording: { sid, url }, caller, isTooShort }: ReportedRecording,
  clock: Clock,
): Promise<string | undefined> {
  const now = databaseNow(clock);
  const isGone = caller === 'gone';
  const held = secondsFromNow(clock, caller === 'review' ? reviewSeconds : wordSeconds);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "AwaitedMessage" SET status = 'waiting', "doneAt" = NULL,
      "toldAt" = CASE WHEN status = 'received' THEN ${now} ELSE COALESCE("toldAt", ${now}) END,
      attempts = CASE WHEN "recordingSid" = ${sid} THEN attempts ELSE 0 END,
      several = several
        OR (status = 'waiting' AND "releasedAt" IS NOT NULL AND "recordingSid" IS NOT NULL AND "recordingSid" <> ${sid}),
      "replacedSids" = CASE
        WHEN status = 'waiting' AND "releasedAt" IS NULL AND "recordingSid" <> ${sid}
          THEN array_append("replacedSids", "recordingSid")
        ELSE "replacedSids"
      END,
      "releasedAt" = CASE WHEN ${isGone} THEN COALESCE("releasedAt", ${now}) ELSE "releasedAt" END,
      "lateReads" = CASE WHEN "recordingSid" = ${sid} THEN "lateReads" ELSE 0 END,
      "dueAt" = CASE
        WHEN "recordingSid" = ${sid} AND "claimedAt" IS NOT NULL THEN "dueAt"
        WHEN ${isGone} OR "releasedAt" IS NOT NULL THEN LEAST("dueAt", ${now})
        WHEN ${caller === 'unknown'} AND "recordingSid" = ${sid} THEN "dueAt"
        ELSE ${held}
      END,
      "claimedAt" = CASE WHEN "recordingSid" = ${sid} THEN "claimedAt" END,
      "recordingSid" = ${sid}, "recordingUrl" = ${url ?? null}
    WHERE "tenantId" = ${call.tenantId}::uuid AND "callId" = ${call.callId}
      AND (status = 'waiting' OR "recordingSid" IS DISTINCT FROM ${sid})
      AND ${sid} <> ALL ("replacedSids")
      -- What says nothing replaces nothing.
      AND NOT (${isTooShort} AND status = 'waiting' AND "recordingSid" IS NOT NULL AND "recordingSid" <> ${sid})
    RETURNING id`;
  return row?.id;
}

/**
 * Record that the caller can no longer change their message, and whether they marked it as urgent: it is due now.
 * Undefined: no recording is awaited.
 */
export async function releaseRecording(
  db: Db,
  call: { readonly tenantId: TenantId; readonly callId: string },
  { urgent }: { readonly urgent: boolean },
  clock: Clock,
): Promise<string | undefined> {
  const now = databaseNow(clock);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "AwaitedMessage" SET "releasedAt" = COALESCE("releasedAt", ${now}), urgent = urgent OR ${urgent},
      "dueAt" = CASE WHEN "claimedAt" IS NULL THEN LEAST("dueAt", ${now}) ELSE "dueAt" END
    WHERE "tenantId" = ${call.tenantId}::uuid AND "callId" = ${call.callId} AND status = 'waiting'
      AND "recordingSid" IS NOT NULL
    RETURNING id`;
  return row?.id;
}

/** Return the recording that a caller's review is about; undefined: nothing was recorded, or it is settled. */
export async function findRecordingInReview(
  db: Db,
  { tenantId, callId }: { readonly tenantId: TenantId; readonly callId: string },
): Promise<ProviderRecording | undefined> {
  const row = await db.awaitedMessage.findUnique({
    where: { tenantId_callId: { tenantId, callId } },
    select: { recordingSid: true, recordingUrl: true },
  });
  return row?.recordingSid ? { sid: row.recordingSid, url: row.recordingUrl ?? undefined } : undefined;
}

/**
 * Record that the call is over: its message is due now. Undefined: none is awaited. The first time this releases a
 * lease taken during the call; later a lease stays, and with it `dueAt`.
 */
export async function noteCallOver(
  db: Db,
  call: { readonly tenantId: TenantId; readonly callId: string },
  clock: Clock,
): Promise<string | undefined> {
  const now = databaseNow(clock);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "AwaitedMessage" SET "toldAt" = COALESCE("toldAt", ${now}), "releasedAt" = COALESCE("releasedAt", ${now}),
      "dueAt" = CASE
        WHEN "toldAt" IS NOT NULL AND "claimedAt" IS NOT NULL THEN "dueAt"
        ELSE LEAST("dueAt", ${now})
      END,
      "claimedAt" = CASE WHEN "toldAt" IS NOT NULL THEN "claimedAt" END
    WHERE "tenantId" = ${call.tenantId}::uuid AND "callId" = ${call.callId} AND status = 'waiting'
    RETURNING id`;
  return row?.id;
}

/** Record that nothing was recorded. False: a recording was reported, or nothing is awaited. */
export async function noteNoRecording(
  db: Db | Transaction,
  { tenantId, callId }: { readonly tenantId: TenantId; readonly callId: string },
  now: Date,
): Promise<boolean> {
  const { count } = await db.awaitedMessage.updateMany({
    where: { tenantId, callId, status: 'waiting', recordingSid: null },
    data: { status: 'none', claimedAt: null, toldAt: now, doneAt: now },
  });
  return count > 0;
}

/** A leased row of an awaited message. */
export interface ClaimedMessage extends Lease {
  readonly tenantId: TenantId;
  readonly callId: string;
  readonly mailboxUserId: UserId;
  readonly recording: ProviderRecording | undefined;
  readonly toldAt: Date | null;
  readonly createdAt: Date;
  /** This attempt included. */
  readonly attempts: number;
  /** How often its audio could not be read within the deadline. */
  readonly lateReads: number;
  /** The call left other recordings than the one reported last. */
  readonly several: boolean;
  /** Recordings that the caller replaced by another. */
  readonly replacedSids: readonly string[];
  readonly urgent: boolean;
}

interface ClaimedRow {
  id: string;
  tenantId: string;
  callId: string;
  mailboxUserId: string;
  recordingSid: string | null;
  recordingUrl: string | null;
  toldAt: Date | null;
  createdAt: Date;
  claimedAt: Date;
  attempts: number;
  lateReads: number;
  several: boolean;
  replacedSids: string[];
  urgent: boolean;
}

/** Claim an awaited message. Undefined: it is not due, or another worker holds it. */
export async function claimAwaited(db: Db, clock: Clock, id: string): Promise<ClaimedMessage | undefined> {
  const [row] = await db.$queryRaw<ClaimedRow[]>`
    UPDATE "AwaitedMessage" SET ${takeLease(clock, 'AwaitedMessage')}
    WHERE id = ${id}::uuid AND status = 'waiting' AND "dueAt" <= ${databaseNow(clock)} AND ${isFree(clock)}
    RETURNING id, "tenantId", "callId", "mailboxUserId", "recordingSid", "recordingUrl", "toldAt", "createdAt",
      "claimedAt", attempts, "lateReads", several, "replacedSids", urgent`;
  if (!row) return undefined;
  const { tenantId, mailboxUserId, recordingSid: sid, recordingUrl, ...claimed } = row;
  return {
    ...claimed,
    tenantId: asId<TenantId>(tenantId),
    mailboxUserId: asId<UserId>(mailboxUserId),
    recording: sid === null ? undefined : { sid, url: recordingUrl ?? undefined },
  };
}

/** Finish an awaited message. False: the lease was lost. */
export const endAwaited = (
  db: Db | Transaction,
  claimed: ClaimedMessage,
  status: Exclude<AwaitedStatus, 'waiting'>,
  doneAt: Date,
): Promise<boolean> => finishLease(db, 'AwaitedMessage', claimed, { status, doneAt });

/** End the lease; the message is due again after `delaySeconds`. False: the lease was lost. */
export async function postponeAwaited(
  db: Db,
  clock: Clock,
  claimed: ClaimedMessage,
  { delaySeconds, isLate }: { readonly delaySeconds: number; readonly isLate: boolean },
): Promise<boolean> {
  if (isLate) await db.$executeRaw`UPDATE "AwaitedMessage" SET "lateReads" = "lateReads" + 1 WHERE ${heldBy(claimed)}`;
  return endLease(db, clock, 'AwaitedMessage', claimed, delaySeconds);
}

/** Return a message that was given up, with its call, for its notice. */
export async function findGivenUp(db: Db, id: string) {
  const awaited = await db.awaitedMessage.findUnique({ where: { id } });
  if (!awaited) return undefined;
  const { tenantId, callId, mailboxUserId, recordingSid, toldAt, createdAt } = awaited;
  const call = await db.call.findUnique({
    where: { tenantId_callId: { tenantId, callId } },
    select: { ani: true, callerName: true },
  });
  const owner = await db.user.findUnique({ where: { id: mailboxUserId }, select: { firstName: true, lastName: true } });
  return {
    ...{ callId, mailboxUserId, recordingSid: recordingSid ?? undefined, leftAt: toldAt ?? createdAt },
    ani: call?.ani ?? '',
    callerName: call?.callerName ?? '',
    ownerName: owner ? displayNameOf(owner) : '',
  };
}
