import { type Change, change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId, VoicemailId } from '../../ids.js';
import { updateNoticeFor } from '../../notices/notice.js';
import { findState, setDeleted, setHandled, setRestored, setUnhandled } from './voicemail-state.store.js';

/** How long a deleted message can be restored. */
const undoMinutes = 5;

/** Mark a message as handled. Throws UserError (404) unless it is in the actor's mailbox. Idempotent. */
export async function markHandled(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const done = await change(deps, actor, async (change) => {
    if (!(await setHandled(change, actor, id))) return false;
    change.record({ event: 'voicemail.handled', subjectId: id, before: { handled: false }, after: { handled: true } });
    await updateOwnerCard(change, id, actor.userId);
    return true;
  });
  if (!done) await requireMessage(deps, actor, id);
}

/** Mark a message as not handled. Throws UserError (404) unless it is in the actor's mailbox. Idempotent. */
export async function markUnhandled(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const done = await change(deps, actor, async (change) => {
    if (!(await setUnhandled(change, actor.userId, id))) return false;
    change.record({ event: 'voicemail.reopened', subjectId: id, before: { handled: true }, after: { handled: false } });
    await updateOwnerCard(change, id, actor.userId);
    return true;
  });
  if (!done) await requireMessage(deps, actor, id);
}

/**
 * Delete a message; it is purged after `undoMinutes`. Throws UserError (404) unless it is in the actor's mailbox.
 * Idempotent.
 */
export async function deleteVoicemail(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const done = await change(deps, actor, async (change) => {
    const purgeAt = new Date(change.now.getTime() + undoMinutes * 60_000);
    if (!(await setDeleted(change, actor.userId, id, purgeAt))) return false;
    change.record({ event: 'voicemail.deleted', subjectId: id, after: { purgeAt: purgeAt.toISOString() } });
    change.enqueue({ name: 'voicemail.purge', payload: { voicemailId: id }, delaySeconds: undoMinutes * 60 });
    await updateOwnerCard(change, id, actor.userId);
    return true;
  });
  if (!done) await requireKnown(deps, actor, id);
}

/**
 * Undo a deletion. Throws UserError after the undo period (409), and for a message outside the actor's mailbox (404).
 */
export async function undoDelete(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const done = await change(deps, actor, async (change) => {
    if (!(await setRestored(change, actor.userId, id))) return false;
    change.record({ event: 'voicemail.restored', subjectId: id });
    await updateOwnerCard(change, id, actor.userId);
    return true;
  });
  if (done) return;
  const state = await requireKnown(deps, actor, id);
  if (state.deletedAt) throw new UserError((words) => words.voicemail.undoOver, 409);
}

/** Inside a change: update this message's card wherever the owner has it. */
export const updateOwnerCard = (change: Change, id: string, owner: UserId): Promise<void> =>
  updateNoticeFor(change, { kind: 'voicemail.arrived', subjectId: id, userId: owner });

/** Throw UserError (404) unless the message is in the actor's mailbox and not deleted. */
export async function requireMessage(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const { deletedAt } = await requireKnown(deps, actor, id);
  if (deletedAt) throw new UserError((words) => words.voicemail.gone, 404);
}

/** An id from a platform proves nothing: the message's owner decides. */
async function requireKnown(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<{ deletedAt: Date | null }> {
  const state = await findState(deps.db, actor, id);
  if (!state) throw new UserError((words) => words.voicemail.notYours, 404);
  return state;
}
