import { type Change, change, enqueue } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { updateNoticeFor } from '../notices/notice.js';
import { hasMessage, leftOnlyEmpty } from '../voicemail/arrival/messages-of-call.js';
import { noteCallOver } from './awaited-message/awaited-message.store.js';
import {
  type CallDisposition,
  type CallEnd,
  clearTalk,
  findCall,
  type KnownCall,
  type Leg,
  saveEnd,
  setOutcome,
  setTalk,
} from './calls.store.js';
import type { Decision, LegOutcome } from './decision.js';

/*
 * How a call ends, whatever is heard of it and in whichever order:
 *   open       until the caller is gone, somebody answered, or a message was left
 *   answered   a phone was picked up (and 1 pressed, where somebody stands in)
 *   voicemail  a message was left
 *   missed     the caller is gone, and it was for somebody
 *   abandoned  the caller is gone, and it was for nobody yet
 *   blocked    the caller is blocked, and was refused; nobody is told
 * The last two become `answered` or `voicemail` when that is heard later. The person asked for is told of a missed call,
 * and of one that somebody else answered (`missed-calls/`).
 */

/** A message or an answer may be heard of so long after the end of the call: until then nobody is told of a missed call. */
const lateSeconds = 60;

/**
 * Record that the call left a message: that is how it ended, even if its end was reported first. No-op if the caller said
 * nothing after the tone, at whichever phone system: such a call ends as missed.
 */
export async function recordMessageLeft(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (!call || (await leftOnlyEmpty(deps.db, { tenantId, ...call }))) return;
  await change(deps, installationActor(tenantId, 'phone'), (change) =>
    // The person who sent the caller to the mailbox had taken the call.
    end(change, call, { disposition: 'voicemail', answeredByUserId: call.answeredByUserId, noticeDueAt: null }),
  );
}

/** Return whether Attendant led this caller to a mailbox, so that next to nothing there means that they hung up. */
export async function isLedToMailbox(deps: Deps, tenantId: TenantId, callId: string): Promise<boolean> {
  const call = await findCall(deps.db, tenantId, callId);
  return call !== undefined && mailboxOf(call) !== undefined;
}

/** The owner of the mailbox listens to their messages in this call: it was answered, and nobody is told of a missed call. */
export async function recordOwnerListens(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
  userId: UserId,
): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (!call) return;
  await change(deps, installationActor(tenantId, 'phone'), (change) =>
    end(change, call, { disposition: 'answered', answeredByUserId: userId, noticeDueAt: null }),
  );
}

/** What a phone system needs beside the message itself: to play the greeting, and to hand the message over. */
const handOverSeconds = 3 * 60;

/**
 * When the message of a call must have been handed over by the phone system that records it; after that the call counts as
 * missed, even if nobody said that it is over (`calls.close`). Null: none is recorded, or we fetch it (`awaited-message`).
 */
export const messageDueAt = (
  decision: Decision,
  { weFetch = false }: { readonly weFetch?: boolean | undefined },
  now: Date,
): Date | null =>
  decision.action === 'voicemail' && !weFetch
    ? new Date(now.getTime() + (decision.maxSeconds + handOverSeconds) * 1000)
    : null;

/** Somebody took the call, on the phone that rang in this leg; `isTalk`: the two talk from now on, at a voice provider. */
export async function noteAnswered(change: Change, call: KnownCall, { heard }: Leg, isTalk = false): Promise<void> {
  const answeredByUserId = heard.rings === undefined ? null : asId<UserId>(heard.rings);
  const isTold = call.askedForUserId !== null && call.askedForUserId !== answeredByUserId;
  await end(change, call, { disposition: 'answered', answeredByUserId, noticeDueAt: isTold ? change.now : null });
  if (!isTalk || answeredByUserId === null) return;
  await setTalk(change, call.rowId, answeredByUserId);
  change.touch(answeredByUserId);
}

/** Nobody here talks with the caller any longer: they are gone, or were led elsewhere. */
export async function noteTalkOver(change: Change, callId: string): Promise<void> {
  const talked = await clearTalk(change, callId);
  if (talked) change.touch(talked);
}

/**
 * A phone system says that the caller is gone, and what came of the phone that rang last, where it knows. Idempotent.
 * 404 where there is no such call.
 */
export async function callerGone(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
  disposition?: LegOutcome,
): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  const rang = call.legs.at(-1);
  if (disposition !== undefined && rang?.decision.action === 'dial' && rang.outcome === null)
    await change(deps, installationActor(tenantId, 'phone'), async (change) => {
      await setOutcome(change, call.rowId, rang.leg, disposition);
      if (disposition === 'answered') await noteAnswered(change, call, rang);
    });
  await endCall(deps, tenantId, callId);
}

/**
 * Record the end of a call: with a message, an answer, or a missed call for its callee; abandoned if it had no callee
 * yet.
 * No-op for an unknown call, and for one that has ended. If a message may be at the voice provider, fetching it decides
 * how the call ended (`awaited-message`).
 */
export async function endCall(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const awaitedId = await noteCallOver(deps.db, { tenantId, callId }, deps.clock);
  if (awaitedId !== undefined) await enqueue(deps, [{ name: 'voicemail.fetch', payload: { awaitedId } }]);
  await change(deps, installationActor(tenantId, 'phone'), async (change) => {
    await noteTalkOver(change, callId);
    if (awaitedId === undefined) await endAsMissed(change, callId);
  });
}

/**
 * End the call as `endCall` does once no message is awaited, in the change that says so, or the call of a killed
 * process would stay open.
 */
export async function endAsMissed(change: Change, callId: string): Promise<void> {
  const { db, tenantId, now } = change;
  const call = await findCall(db, tenantId, callId);
  if (call?.disposition !== 'open') return;
  const mailbox = mailboxOf(call);
  const leavesMessage = mailbox !== undefined && (await hasMessage(db, { tenantId, ...call }, mailbox));
  const isBlocked = call.legs.at(-1)?.heard.isBlocked === true;
  const without: CallDisposition = isBlocked ? 'blocked' : call.askedForUserId ? 'missed' : 'abandoned';
  const disposition: CallDisposition = leavesMessage ? 'voicemail' : without;
  const noticeDueAt = disposition === 'missed' ? new Date(now.getTime() + waitSeconds(call) * 1000) : null;
  await end(change, call, { disposition, answeredByUserId: null, noticeDueAt });
}

/** Nothing more is to be heard of a call that neither rang at its end nor was sent to a mailbox. */
function waitSeconds({ legs }: KnownCall): number {
  const last = legs.at(-1);
  const isRinging = last?.decision.action === 'dial' && last.outcome === null;
  return isRinging || last?.decision.action === 'voicemail' ? lateSeconds : 0;
}

async function end(change: Change, call: KnownCall, end: CallEnd): Promise<void> {
  if (!(await saveEnd(change, call, end))) return;
  const { noticeDueAt } = end;
  if (noticeDueAt) {
    const delaySeconds = (noticeDueAt.getTime() - change.now.getTime()) / 1000;
    change.enqueue({ name: 'calls.tell', payload: { callRowId: call.rowId }, delaySeconds });
  }
  const userId = call.askedForUserId;
  if (!userId) return;
  change.touch(userId);
  // Somebody who was told of a missed call sees what became of it.
  if (call.disposition === 'missed')
    await updateNoticeFor(change, { kind: 'call.missed', subjectId: call.rowId, userId });
}

/** Return the user to whose mailbox the call was sent; undefined: the call was sent to no mailbox. */
export function mailboxOf(call: KnownCall): UserId | undefined {
  const decision = call.legs.at(-1)?.decision;
  return decision?.action === 'voicemail' ? asId<UserId>(decision.mailboxUserId) : undefined;
}
