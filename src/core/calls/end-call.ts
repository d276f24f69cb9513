import { type Change, change, enqueue } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { noteCallOver } from './awaited-message/awaited-message.store.js';
import { findCall, hasVoicemail, type KnownCall, setDisposition } from './calls.store.js';

/** Record that the call left a message: that is how it ended, even if its end was reported first. */
export async function recordMessageLeft(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (call)
    await change(deps, installationActor(tenantId, 'phone'), (change) => setDisposition(change, call, 'voicemail'));
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
  else await change(deps, installationActor(tenantId, 'phone'), (change) => endAsMissed(change, callId));
}

/**
 * End the call as `endCall` does once no message is awaited, in the change that says so, or the call of a killed
 * process would stay open.
 */
export async function endAsMissed(change: Change, callId: string): Promise<void> {
  const { db, tenantId } = change;
  const call = await findCall(db, tenantId, callId);
  if (call?.disposition !== 'open') return;
  const mailbox = mailboxOf(call);
  const hasMessage = mailbox !== undefined && (await hasVoicemail(db, tenantId, call, mailbox));
  await setDisposition(change, call, hasMessage ? 'voicemail' : call.askedForUserId ? 'missed' : 'abandoned');
}

/** Return the user to whose mailbox the call was sent; undefined: the call was sent to no mailbox. */
export function mailboxOf(call: KnownCall): UserId | undefined {
  const decision = call.legs.at(-1)?.decision;
  return decision?.action === 'voicemail' ? asId<UserId>(decision.mailboxUserId) : undefined;
}
