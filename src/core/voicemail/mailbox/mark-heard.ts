import { change } from '../../change.js';
import type { LinkActor, PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { insertListen, setHeard } from './mark-heard.store.js';
import { mustBeThere, retellReaders } from './message-access.js';

/**
 * Somebody plays this message: puts the play on the record and, the first time, marks it heard everywhere. A play by link
 * is on record as that, never as the owner; it marks heard too (decision 0025). Refuses (UserError, 404) a message that
 * the actor does not reach.
 */
export async function markHeard(deps: Deps, actor: PersonActor | LinkActor, id: VoicemailId): Promise<void> {
  const played = await change(deps, actor, async (change) => {
    if (!(await insertListen(change, actor, id))) return false;
    const byLink = actor.kind === 'link' ? { after: { linkOf: actor.linkOfId } } : {};
    change.record({ event: 'voicemail.played', subjectId: id, ...byLink });
    if (await setHeard(change, id)) {
      change.record({ event: 'voicemail.heard', subjectId: id, before: { heard: false }, after: { heard: true } });
    }
    await retellReaders(change, id);
    return true;
  });
  if (played) return;
  if (actor.kind === 'link') throw new UserError((words) => words.voicemail.gone, 404);
  await mustBeThere(deps, actor, id);
}
