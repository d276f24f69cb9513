import { change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { lockMessage, lockOpenMessage, updateReaderCards } from './message-access.js';
import { setDeleted, setHandled, setRestored, setUnhandled } from './voicemail-state.store.js';

/** Whether a change was needed: somebody else may have done it before. */
export type Changed = 'changed' | 'unchanged';

/** How long a deleted message can be restored. */
const undoMinutes = 5;

/** Mark a message as handled. Throws UserError unless the actor may handle it (404, 403). Idempotent. */
export function markHandled(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<Changed> {
  return change(deps, actor, async (change) => {
    const { handledAt } = await lockOpenMessage(change, actor, id);
    if (handledAt) return 'unchanged';
    await setHandled(change, actor, id);
    change.record({ event: 'voicemail.handled', subjectId: id, before: { handled: false }, after: { handled: true } });
    await updateReaderCards(change, id);
    return 'changed';
  });
}

/** Mark a message as not handled. Throws UserError unless the actor may handle it (404, 403). Idempotent. */
export function markUnhandled(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<Changed> {
  return change(deps, actor, async (change) => {
    const { handledAt } = await lockOpenMessage(change, actor, id);
    if (!handledAt) return 'unchanged';
    await setUnhandled(change, id);
    change.record({ event: 'voicemail.reopened', subjectId: id, before: { handled: true }, after: { handled: false } });
    await updateReaderCards(change, id);
    return 'changed';
  });
}

/**
 * Delete a message; it is purged after `undoMinutes`. Throws UserError unless the actor may handle it (404, 403).
 * Idempotent.
 */
export function deleteVoicemail(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<Changed> {
  return change(deps, actor, async (change) => {
    const { deletedAt } = await lockMessage(change, actor, id);
    if (deletedAt) return 'unchanged';
    const purgeAt = new Date(change.now.getTime() + undoMinutes * 60_000);
    await setDeleted(change, id, purgeAt);
    change.record({ event: 'voicemail.deleted', subjectId: id, after: { purgeAt: purgeAt.toISOString() } });
    change.enqueue({ name: 'voicemail.purge', payload: { voicemailId: id }, delaySeconds: undoMinutes * 60 });
    await updateReaderCards(change, id);
    return 'changed';
  });
}

/** Undo a deletion. Throws UserError after the undo period (409), and unless the actor may handle it (404, 403). */
export function undoDelete(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<Changed> {
  return change(deps, actor, async (change) => {
    const { deletedAt, purgedAt, purgeAt } = await lockMessage(change, actor, id);
    if (!deletedAt) return 'unchanged';
    if (purgedAt || !purgeAt || purgeAt <= change.now) throw new UserError((words) => words.voicemail.undoOver, 409);
    await setRestored(change, id);
    change.record({ event: 'voicemail.restored', subjectId: id });
    await updateReaderCards(change, id);
    return 'changed';
  });
}
