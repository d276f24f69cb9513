import { localeOf } from '../../chat/phrasing.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { noteNoRecording } from '../awaited-message/awaited-message.store.js';
import { findCall } from '../calls.store.js';
import type { Decision } from '../decision.js';
import type { MenuAnswer } from './menu-answer.js';
import { answerInGreeting } from './phone-menu.js';
import { findMenuDoor } from './phone-menu.store.js';

/** The result of a key in a greeting: the menu of this mailbox, or the tone at once. */
export type AfterGreetingKey =
  | { readonly kind: 'menu'; readonly answer: MenuAnswer }
  | { readonly kind: 'tone'; readonly decision: Decision & { action: 'voicemail' } };

/**
 * A caller pressed a key in the greeting before the tone. Star leads to the menu of this mailbox, where the company allows
 * it; its PIN is still asked. Any other key skips the greeting. Throws UserError (404) where no greeting plays.
 */
export async function keyInGreeting(
  deps: Deps,
  tenantId: TenantId,
  { callId, leg, keys }: { readonly callId: string; readonly leg: number | undefined; readonly keys: string },
): Promise<AfterGreetingKey> {
  const call = await findCall(deps.db, tenantId, callId);
  const decision = call?.legs.find((one) => one.leg === leg)?.decision;
  if (!call || decision?.action !== 'voicemail') throw new UserError((words) => words.calls.unknownLeg, 404);
  const { greetingKey } = await findMenuDoor(deps.db, tenantId);
  if (!greetingKey || !keys.includes('*')) return { kind: 'tone', decision };
  // The recordings of this call are greetings from here on, not a message that would be fetched after its end.
  await noteNoRecording(deps.db, { tenantId, callId }, deps.clock.now());
  const userId = asId<UserId>(decision.mailboxUserId);
  return {
    kind: 'menu',
    answer: await answerInGreeting(deps, tenantId, { callId, ani: call.ani, userId }, localeOf(call.language)),
  };
}
