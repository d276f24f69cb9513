import type { Change } from '../../change.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { as, type TenantId, type UserId } from '../../ids.js';
import { displayNameOf } from '../../people/person.js';
import { databaseNow, endLease, finishLease, heldBy, isFree, type Lease, takeLease } from '../../tasks/lease.store.js';
import type { ProviderRecording } from '../../voicemail/ports.js';

/** How a message stands that a caller was asked for; `none`: nothing was left. */
export const awaitedStatuses = ['waiting', 'received', 'none', 'given-up'] as const;
type AwaitedStatus = (typeof awaitedStatuses)[number];

/** A process that died may have missed what the provider told; asked too early, the provider says that it still records. */
const untoldSeconds = 2 * 60;

interface NewAwaitedMessage {
  readonly callId: string;
  readonly mailboxUserId: string;
  readonly language: string;
}

/** Notes that a call was sent to leave a message that we fetch; the same call again is left as it is. */
export async function awaitMessage({ db, tenantId, now }: Change, awaited: NewAwaitedMessage): Promise<void> {
  const dueAt = new Date(now.getTime() + untoldSeconds * 1000);
  await db.awaitedMessage.createMany({
    data: [{ ...awaited, tenantId, dueAt, createdAt: now }],
    skipDuplicates: true,
  });
}

/**
 * The provider told of the recording: it is due now, even where there seemed to be none, or where the call has left
 * another one before (a call that began anew keeps its id). Gives the row's id; undefined: no message is awaited, or this
 * one is settled. Releases a lease taken before the recording was known; a lease on this recording stays, and with it
 * `dueAt`, which says until when it holds.
 */
export async function noteRecording(
  db: Db,
  call: { readonly tenantId: TenantId; readonly callId: string },
  { sid, url }: ProviderRecording,
  clock: Clock,
): Promise<string | undefined> {
  const now = databaseNow(clock);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "AwaitedMessage" SET status = 'waiting', "doneAt" = NULL,
      "toldAt" = CASE WHEN status = 'received' THEN ${now} ELSE COALESCE("toldAt", ${now}) END,
      attempts = CASE WHEN "recordingSid" = ${sid} THEN attempts ELSE 0 END,
      several = several OR (status = 'waiting' AND "recordingSid" IS NOT NULL AND "recordingSid" <> ${sid}),
      "lateReads" = CASE WHEN "recordingSid" = ${sid} THEN "lateReads" ELSE 0 END,
      "dueAt" = CASE
        WHEN "recordingSid" = ${sid} AND "claimedAt" IS NOT NULL THEN "dueAt"
        WHEN "recordingSid" = ${sid} THEN LEAST("dueAt", ${now})
        ELSE ${now}
      END,
      "claimedAt" = CASE WHEN "recordingSid" = ${sid} THEN "claimedAt" END,
      "recordingSid" = ${sid}, "recordingUrl" = ${url ?? null}
    WHERE "tenantId" = ${call.tenantId}::uuid AND "callId" = ${call.callId}
      AND (status = 'waiting' OR "recordingSid" IS DISTINCT FROM ${sid})
    RETURNING id`;
  return row?.id;
}

/**
 * The call is over: its message is due now. Undefined: none is awaited. The first time this releases a lease taken while
 * the call went on; later a lease stays, and with it `dueAt`.
 */
export async function noteCallOver(
  db: Db,
  call: { readonly tenantId: TenantId; readonly callId: string },
  clock: Clock,
): Promise<string | undefined> {
  const now = databaseNow(clock);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "AwaitedMessage" SET "toldAt" = COALESCE("toldAt", ${now}),
      "dueAt" = CASE
        WHEN "toldAt" IS NOT NULL AND "claimedAt" IS NOT NULL THEN "dueAt"
        ELSE LEAST("dueAt", ${now})
      END,
      "claimedAt" = CASE WHEN "toldAt" IS NOT NULL THEN "claimedAt" END
    WHERE "tenantId" = ${call.tenantId}::uuid AND "callId" = ${call.callId} AND status = 'waiting'
    RETURNING id`;
  return row?.id;
}

/** Nothing was recorded. False: a recording was told of, or nothing is awaited. */
export async function noteAbsent(
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

/** An awaited message that is ours for a while. */
export interface ClaimedMessage extends Lease {
  readonly tenantId: TenantId;
  readonly callId: string;
  readonly mailboxUserId: UserId;
  readonly recording: ProviderRecording | undefined;
  readonly toldAt: Date | null;
  readonly createdAt: Date;
  /** This time included. */
  readonly attempts: number;
  /** How often its audio could not be read within the deadline. */
  readonly lateReads: number;
  /** The call left more recordings than the one that was told of last. */
  readonly several: boolean;
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
}

/** Undefined: it is not due, or somebody else has it. */
export async function claimAwaited(db: Db, clock: Clock, id: string): Promise<ClaimedMessage | undefined> {
  const [row] = await db.$queryRaw<ClaimedRow[]>`
    UPDATE "AwaitedMessage" SET ${takeLease(clock, 'AwaitedMessage')}
    WHERE id = ${id}::uuid AND status = 'waiting' AND "dueAt" <= ${databaseNow(clock)} AND ${isFree(clock)}
    RETURNING id, "tenantId", "callId", "mailboxUserId", "recordingSid", "recordingUrl", "toldAt", "createdAt",
      "claimedAt", attempts, "lateReads", several`;
  if (!row) return undefined;
  const { tenantId, mailboxUserId, recordingSid: sid, recordingUrl, ...claimed } = row;
  return {
    ...claimed,
    tenantId: as<TenantId>(tenantId),
    mailboxUserId: as<UserId>(mailboxUserId),
    recording: sid === null ? undefined : { sid, url: recordingUrl ?? undefined },
  };
}

/** Ends the waiting. False: the lease was lost. */
export const endAwaited = (
  db: Db | Transaction,
  claimed: ClaimedMessage,
  status: Exclude<AwaitedStatus, 'waiting'>,
  doneAt: Date,
): Promise<boolean> => finishLease(db, 'AwaitedMessage', claimed, { status, doneAt });

/** Ends the lease; it is tried again in so many seconds. False: the lease was lost. */
export async function postponeAwaited(
  db: Db,
  clock: Clock,
  claimed: ClaimedMessage,
  { delaySeconds, isLate }: { readonly delaySeconds: number; readonly isLate: boolean },
): Promise<boolean> {
  if (isLate) await db.$executeRaw`UPDATE "AwaitedMessage" SET "lateReads" = "lateReads" + 1 WHERE ${heldBy(claimed)}`;
  return endLease(db, clock, 'AwaitedMessage', claimed, delaySeconds);
}

/** Is the message of this recording in a mailbox already, deleted or not? */
export const isStored = async (db: Db, tenantId: TenantId, sourceId: string): Promise<boolean> =>
  (await db.voicemail.findUnique({ where: { tenantId_sourceId: { tenantId, sourceId } }, select: { id: true } })) !==
  null;

/** A message that was given up, with its call, for who is told of it. */
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
