import { change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { messageToChange, openMessageToChange, retellReaders } from './message-access.js';
import { setDeleted, setHandled, setReopened, setRestored } from './voicemail-state.store.js';

/** How long a deleted message can be had back. */
const undoMinutes = 5;

/** Somebody has dealt with this message. Refuses what the actor may not handle (404, 403). Idempotent. */
export function markHandled(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { handledAt } = await openMessageToChange(change, actor, id);
    if (handledAt) return;
    await setHandled(change, actor, id);
    change.record({ event: 'voicemail.handled', subjectId: id, before: { handled: false }, after: { handled: true } });
    await retellReaders(change, id);
  });
}

/** There is something left to do after all. Refuses what the actor may not handle (404, 403). Idempotent. */
export function reopen(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { handledAt } = await openMessageToChange(change, actor, id);
    if (!handledAt) return;
    await setReopened(change, id);
    change.record({ event: 'voicemail.reopened', subjectId: id, before: { handled: true }, after: { handled: false } });
    await retellReaders(change, id);
  });
}

/** Deletes for good, after `undoMinutes`. Refuses what the actor may not handle (404, 403). Idempotent. */
export function deleteVoicemail(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { deletedAt } = await messageToChange(change, actor, id);
    if (deletedAt) return;
    const purgeAt = new Date(change.now.getTime() + undoMinutes * 60_000);
    await setDeleted(change, id, purgeAt);
    change.record({ event: 'voicemail.deleted', subjectId: id, after: { purgeAt: purgeAt.toISOString() } });
    change.enqueue({ name: 'voicemail.purge', payload: { voicemailId: id }, delaySeconds: undoMinutes * 60 });
    await retellReaders(change, id);
  });
}

/** Takes a deletion back. Refuses when the time for it is over (409), and what the actor may not handle (404, 403). */
export function undoDelete(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { deletedAt, purgedAt, purgeAt } = await messageToChange(change, actor, id);
    if (!deletedAt) return;
    if (purgedAt || !purgeAt || purgeAt <= change.now) throw new UserError((words) => words.voicemail.undoOver, 409);
    await setRestored(change, id);
    change.record({ event: 'voicemail.restored', subjectId: id });
    await retellReaders(change, id);
  });
}
