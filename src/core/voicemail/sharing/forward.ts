import { randomUUID } from 'node:crypto';
import { change } from '../../change.js';
import { installation } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { as, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { hasAccess } from '../../people/person.js';
import { openMessageToChange, retellReaders } from '../mailbox/message-access.js';
import { tellReaders } from '../mailbox/tell-readers.js';
import {
  failForward,
  findForward,
  findForwardTo,
  findRecipient,
  insertCopy,
  insertForward,
  settleForward,
} from './forward.store.js';

export const longestNote = 500;

/** What came of the wish to forward: it is under way, or the recipient is nobody it can go to. */
export type ForwardAnswer =
  | { readonly kind: 'asked' }
  | { readonly kind: 'not-to'; readonly why: 'oneself' | 'unknown' | 'no-access' | 'had-it' };

/**
 * Asks for a copy of the requester's message in a colleague's mailbox; the task `voicemail.forward` makes it.
 * The same wish twice is one copy; another note makes no second one either, and is told so.
 * Refuses (UserError) when forwarding is switched off (403), or the message is not the requester’s to handle (404, 403) or deleted (404).
 */
export async function requestForward(
  deps: Deps,
  requester: Requester,
  wish: { readonly id: VoicemailId; readonly recipient: UserId; readonly note: string },
): Promise<ForwardAnswer> {
  mayForward(requester);
  if (wish.recipient === requester.user.id) return { kind: 'not-to', why: 'oneself' };
  const recipient = await findRecipient(deps.db, requester.tenant.id, wish.recipient);
  if (!recipient) return { kind: 'not-to', why: 'unknown' };
  if (!hasAccess(recipient)) return { kind: 'not-to', why: 'no-access' };

  return change(deps, requester.actor, async (change): Promise<ForwardAnswer> => {
    // It is held, so two presses at once come one after the other, and the second sees the first.
    const { hasAudio, ownerId } = await openMessageToChange(change, requester.actor, wish.id);
    if (!hasAudio) throw new UserError((words) => words.voicemail.gone, 404);
    if (wish.recipient === ownerId) return { kind: 'not-to', why: 'had-it' };
    const before = await findForwardTo(change, wish.id, wish.recipient);
    if (before) return before.note === wish.note ? { kind: 'asked' } : { kind: 'not-to', why: 'had-it' };
    const forwardId = randomUUID();
    await insertForward(change, requester.actor, {
      id: forwardId,
      voicemailId: wish.id,
      toUserId: wish.recipient,
      note: wish.note,
    });
    change.record({
      event: 'voicemail.forward-asked',
      subjectId: wish.id,
      after: { to: wish.recipient, withNote: wish.note !== '' },
    });
    change.enqueue({ name: 'voicemail.forward', payload: { forwardId } });
    await retellReaders(change, wish.id);
    return { kind: 'asked' };
  });
}

/** Are the company's and the user's own gate open? */
export const isForwardingAllowed = ({ user }: Requester): boolean => user.forwardingClosedBy === undefined;

/** Refuses (403) when the company or the user's own gate is closed, and says which. */
export function mayForward(requester: Requester): void {
  const { forwardingClosedBy } = requester.user;
  if (forwardingClosedBy === 'company') throw new UserError((words) => words.voicemail.forwardingOffForAll, 403);
  if (forwardingClosedBy === 'own') throw new UserError((words) => words.voicemail.forwardingOffForYou, 403);
}

/**
 * Puts the copy into the recipient's mailbox; called by the task `voicemail.forward`. Twice is once: the forward
 * changes from `waiting` to `done` in the transaction that makes the copy.
 */
export async function forwardVoicemail(deps: Deps, forwardId: string): Promise<void> {
  const forward = await findForward(deps.db, forwardId);
  if (forward?.status !== 'waiting') return;

  const tenantId = as<TenantId>(forward.tenantId);
  await change(deps, installation(tenantId, 'job'), async (change) => {
    const copyId = randomUUID();
    if (!(await settleForward(change, forwardId))) return; // somebody else was quicker
    if (forward.possible && (await insertCopy(change, { copyId, forwardId }))) {
      change.record({
        event: 'voicemail.forwarded',
        subjectId: forward.voicemailId,
        after: { copy: copyId, from: forward.byUserId, to: forward.toUserId },
      });
      await tellReaders(change, { id: copyId, ownerId: as<UserId>(forward.toUserId) });
    } else {
      await failForward(change, forwardId);
      change.record({
        event: 'voicemail.forward-failed',
        subjectId: forward.voicemailId,
        after: { from: forward.byUserId, to: forward.toUserId },
      });
    }
    await retellReaders(change, forward.voicemailId);
  });
}
