import { change, enqueue } from '../change.js';
import { installation } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { noteCallOver } from './awaited-message.store.js';
import { type CallDisposition, findCall, hasVoicemail, type KnownCall, setDisposition } from './calls.store.js';

/** The call left a message: that is how it ended, even where its end came first. */
export async function messageLeft(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (call) await end(deps, tenantId, call, 'voicemail');
}

/**
 * The caller is gone. What came of the call: a message, an answer, or a missed call for whom it was for; abandoned
 * when it was for nobody yet. A call we do not know, or that ended before, stays as it is. Where a message may be at the
 * voice provider, looking for it settles how the call ended (`awaited-message`).
 */
export async function endCall(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const awaitedId = await noteCallOver(deps.db, { tenantId, callId }, deps.clock);
  if (awaitedId !== undefined) await enqueue(deps, [{ name: 'voicemail.fetch', payload: { awaitedId } }]);
  else await endAsMissed(deps, tenantId, callId);
}

/** The same once nothing is waited for. */
export async function endAsMissed(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (call?.disposition !== 'open') return;
  const mailbox = mailboxOf(call);
  if (mailbox && (await hasVoicemail(deps.db, tenantId, call, mailbox))) await end(deps, tenantId, call, 'voicemail');
  else await end(deps, tenantId, call, call.askedForUserId ? 'missed' : 'abandoned');
}

const end = (deps: Deps, tenantId: TenantId, call: KnownCall, disposition: CallDisposition) =>
  change(deps, installation(tenantId, 'phone'), (change) => setDisposition(change, call, disposition));

/** Whose mailbox the call was sent to; undefined: none. */
export function mailboxOf(call: KnownCall): UserId | undefined {
  const decision = call.legs.at(-1)?.decision;
  return decision?.action === 'voicemail' ? as<UserId>(decision.mailboxUserId) : undefined;
}
