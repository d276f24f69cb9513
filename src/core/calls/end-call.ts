import { change } from '../change.js';
import { installation } from '../chat/actor.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import type { Deps } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { type CallDisposition, findCall, hasVoicemail, type KnownCall, setDisposition } from './calls.store.js';

/** The message a call was sent to leave. */
export interface AwaitedMessage {
  readonly mailboxUserId: UserId;
  /** E.164 where known; withheld: empty. */
  readonly ani: string;
  /** In which the caller is spoken to. */
  readonly language: Locale;
  /** It is here already. */
  readonly received: boolean;
}

/** Which mailbox a call ended in; undefined: in none, or no such call. */
export async function awaitedMessage(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
): Promise<AwaitedMessage | undefined> {
  const call = await findCall(deps.db, tenantId, callId);
  const mailbox = call && mailboxOf(call);
  if (!call || !mailbox) return undefined;
  const received = await hasVoicemail(deps.db, tenantId, call, mailbox);
  return { mailboxUserId: mailbox, ani: call.ani, language: localeOf(call.language), received };
}

/** The call left a message: that is how it ended, even where its end came first. */
export async function messageLeft(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (call) await end(deps, tenantId, call, 'voicemail');
}

/**
 * The caller is gone. What came of the call: a message, an answer, or a missed call for whom it was for; abandoned
 * when it was for nobody yet. A call we do not know, or that ended before, stays as it is.
 */
export async function endCall(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  if (call?.disposition !== 'open') return;
  const mailbox = mailboxOf(call);
  if (mailbox && (await hasVoicemail(deps.db, tenantId, call, mailbox))) await end(deps, tenantId, call, 'voicemail');
  else await end(deps, tenantId, call, call.askedForUserId ? 'missed' : 'abandoned');
}

const end = (deps: Deps, tenantId: TenantId, call: KnownCall, disposition: CallDisposition) =>
  change(deps, installation(tenantId, 'phone'), (change) => setDisposition(change, call, disposition));

function mailboxOf(call: KnownCall): UserId | undefined {
  const decision = call.legs.at(-1)?.decision;
  return decision?.action === 'voicemail' ? as<UserId>(decision.mailboxUserId) : undefined;
}
