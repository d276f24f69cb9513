import type { Change } from '../../change.js';
import type { Role } from '../../chat/actor.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { mayUseAttendant } from '../../people/sql.js';
import { databaseNow, secondsFromNow } from '../../tasks/lease.store.js';
import type { GreetingKind } from '../../voicemail/greetings/greeting-kind.js';
import type { ProviderRecording } from '../../voicemail/ports.js';
import type { OutgoingCall, OutgoingEnd, OutgoingStatus, OutgoingSubject } from './outgoing-call.types.js';
import type { CallFailure } from './ports.js';

/** The running call of a person, their calls and the company's since an instant. */
export async function findLoad(
  change: Change,
  userId: UserId,
  since: Date,
): Promise<{ readonly running: OutgoingCall | undefined; readonly own: number; readonly company: number }> {
  const { db, tenantId } = change;
  // Two requests at the same moment get one call.
  await db.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
  // Every call costs the company money: requests of several people at the same moment are counted one after the other.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('outgoing-calls:' || ${tenantId}, 0))`;
  const running = await db.outgoingCall.findFirst({ where: { tenantId, userId, endedAt: null } });
  const own = await db.outgoingCall.count({ where: { tenantId, userId, createdAt: { gt: since } } });
  const company = await db.outgoingCall.count({ where: { tenantId, createdAt: { gt: since } } });
  return { running: running ? callOf(running) : undefined, own, company };
}

/** Return the person of a call and their company's edition. Undefined: they may not use Attendant now. */
export async function findCallRequester(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
): Promise<{ readonly userId: UserId; readonly role: Role; readonly edition: string } | undefined> {
  const [row] = await db.$queryRaw<{ role: Role; edition: string }[]>`
    SELECT u.role, t.edition FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u.id = ${userId}::uuid AND u."tenantId" = ${tenantId}::uuid AND ${mayUseAttendant('u', 't')}`;
  return row && { userId, ...row };
}

/** Insert a call that is due at once. */
export async function insertOutgoing(
  { db, tenantId, now }: Change,
  { userId, number, subject }: { readonly userId: UserId; readonly number: string; readonly subject: OutgoingSubject },
): Promise<OutgoingCall> {
  return callOf(
    await db.outgoingCall.create({ data: { tenantId, userId, number, ...subject, dueAt: now, createdAt: now } }),
  );
}

/** Return a call; undefined: there is none of this id. */
export async function findOutgoing(
  db: Db | Transaction,
  id: string,
  tenantId?: TenantId,
): Promise<OutgoingCall | undefined> {
  const row = await db.outgoingCall.findUnique({ where: { id, ...(tenantId ? { tenantId } : {}) } });
  return row ? callOf(row) : undefined;
}

/** Return the latest call for a mailbox's greetings, made since an instant. */
export async function findLatestForGreetings(
  db: Db,
  where: { readonly tenantId: TenantId; readonly userId: UserId; readonly mailboxUserId: UserId },
  since: Date,
): Promise<OutgoingCall | undefined> {
  const row = await db.outgoingCall.findFirst({
    where: { ...where, createdAt: { gt: since } },
    orderBy: { createdAt: 'desc' },
  });
  return row ? callOf(row) : undefined;
}

/**
 * Move a call on from one of the states `from`, and say when it is due next, in seconds. False: it is in another state, or
 * not due yet (`onlyDue`).
 */
export async function moveOn(
  db: Db | Transaction,
  clock: Clock,
  id: string,
  to: {
    readonly from: readonly OutgoingStatus[];
    readonly status: OutgoingStatus;
    readonly dueInSeconds: number;
    readonly onlyDue?: boolean;
    readonly callId?: string;
  },
): Promise<boolean> {
  const moved = await db.$executeRaw`
    UPDATE "OutgoingCall" SET status = ${to.status}, "dueAt" = ${secondsFromNow(clock, to.dueInSeconds)},
      "callId" = COALESCE(${to.callId ?? null}, "callId"),
      attempts = CASE WHEN ${to.onlyDue ?? false} THEN attempts + 1 ELSE attempts END
    WHERE id = ${id}::uuid AND status = ANY (${[...to.from]}) AND "endedAt" IS NULL
      AND (NOT ${to.onlyDue ?? false} OR "dueAt" <= ${databaseNow(clock)})`;
  return moved > 0;
}

/** Remember the recording that the person has just made; the one before it no longer counts. */
export async function setRecording(db: Db, id: string, { sid, url }: ProviderRecording): Promise<void> {
  await db.outgoingCall.updateMany({
    where: { id, status: 'answered' },
    data: { recordingSid: sid, recordingUrl: url ?? null },
  });
}

/** End a call that is in one of these states. False: it is in another. */
export async function endOutgoing(
  change: Change,
  id: string,
  end: { readonly from: readonly OutgoingStatus[]; readonly status: OutgoingEnd; readonly failure?: CallFailure },
): Promise<boolean> {
  const { count } = await change.db.outgoingCall.updateMany({
    where: { id, status: { in: [...end.from] }, endedAt: null },
    data: { status: end.status, failure: end.failure ?? null, endedAt: change.now, dueAt: null },
  });
  return count > 0;
}

type Row = NonNullable<Awaited<ReturnType<Db['outgoingCall']['findFirst']>>>;

function callOf(row: Row): OutgoingCall {
  const { id, number, recordingSid, recordingUrl, attempts, createdAt } = row;
  return {
    ...{ id, number, attempts, createdAt },
    tenantId: asId<TenantId>(row.tenantId),
    userId: asId<UserId>(row.userId),
    subject:
      row.purpose === 'greeting'
        ? {
            purpose: 'greeting',
            mailboxUserId: asId<UserId>(row.mailboxUserId ?? ''),
            greeting: row.greeting as GreetingKind,
          }
        : { purpose: 'call-back', connectsTo: row.connectsTo ?? '' },
    status: row.status as OutgoingStatus,
    failure: (row.failure as CallFailure | null) ?? undefined,
    recording: recordingSid === null ? undefined : { sid: recordingSid, url: recordingUrl ?? undefined },
  };
}
