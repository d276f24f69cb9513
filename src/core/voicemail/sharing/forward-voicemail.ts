import { randomUUID } from 'node:crypto';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { hasAccess } from '../../people/person.js';
import { requireMessage, updateOwnerCard } from '../mailbox/voicemail-state.js';
import {
  failForward,
  findForward,
  findForwardTo,
  findRecipient,
  insertCopy,
  insertForward,
  lockForwardable,
  settleForward,
} from './forward-voicemail.store.js';

/** The most characters in the note of a forward. */
export const longestNote = 500;

/** The result of a request to forward: queued, or why the recipient cannot get it. */
export type ForwardAnswer =
  | { readonly kind: 'asked' }
  | { readonly kind: 'not-to'; readonly why: 'oneself' | 'unknown' | 'no-access' | 'had-it' };

/**
 * Request a copy of the requester's message in a colleague's mailbox; the task `voicemail.forward` makes it.
 * Idempotent: a repeated request makes one copy; one with another note makes no second copy either, and the requester
 * is told. Throws UserError if forwarding is disabled (403), or the message is not there (404).
 */
export async function requestForward(
  deps: Deps,
  requester: Requester,
  wish: { readonly id: VoicemailId; readonly recipient: UserId; readonly note: string },
): Promise<ForwardAnswer> {
  requireForwarding(requester);
  if (wish.recipient === requester.user.id) return { kind: 'not-to', why: 'oneself' };
  const recipient = await findRecipient(deps.db, requester.tenant.id, wish.recipient);
  if (!recipient) return { kind: 'not-to', why: 'unknown' };
  if (!hasAccess(recipient)) return { kind: 'not-to', why: 'no-access' };

  const answer = await change(deps, requester.actor, async (change): Promise<ForwardAnswer | undefined> => {
    // The lock serialises two clicks, so that the second sees the first.
    if (!(await lockForwardable(change, requester.user.id, wish.id))) return undefined;
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
    await updateOwnerCard(change, wish.id, requester.user.id);
    return { kind: 'asked' };
  });
  if (answer) return answer;
  await requireMessage(deps, requester.actor, wish.id);
  throw new UserError((words) => words.voicemail.gone, 404);
}

/** Return whether the company's and the user's own gate are open. */
export const isForwardingAllowed = ({ user }: Requester): boolean => user.forwardingClosedBy === undefined;

/** Throw UserError (403) if the company's or the user's own gate is closed, saying which. */
export function requireForwarding(requester: Requester): void {
  const { forwardingClosedBy } = requester.user;
  if (forwardingClosedBy === 'company') throw new UserError((words) => words.voicemail.forwardingOffForAll, 403);
  if (forwardingClosedBy === 'own') throw new UserError((words) => words.voicemail.forwardingOffForYou, 403);
}

/**
 * Copy a message into the recipient's mailbox; called by the task `voicemail.forward`. Idempotent: the forward changes
 * from `waiting` to `done` in the transaction that makes the copy.
 */
export async function forwardVoicemail(deps: Deps, forwardId: string): Promise<void> {
  const forward = await findForward(deps.db, forwardId);
  if (forward?.status !== 'waiting') return;

  const tenantId = asId<TenantId>(forward.tenantId);
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    const copyId = randomUUID();
    if (!(await settleForward(change, forwardId))) return; // another worker was first
    if (forward.possible && (await insertCopy(change, { copyId, forwardId }))) {
      change.record({
        event: 'voicemail.forwarded',
        subjectId: forward.voicemailId,
        after: { copy: copyId, from: forward.byUserId, to: forward.toUserId },
      });
      await raiseNoticeFor(change, {
        kind: 'voicemail.arrived',
        subjectId: copyId,
        userId: asId<UserId>(forward.toUserId),
      });
    } else {
      await failForward(change, forwardId);
      change.record({
        event: 'voicemail.forward-failed',
        subjectId: forward.voicemailId,
        after: { from: forward.byUserId, to: forward.toUserId },
      });
    }
    await updateOwnerCard(change, forward.voicemailId, asId<UserId>(forward.ownerId));
  });
}
