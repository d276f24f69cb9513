import { change } from '../../change.js';
import type { LinkActor, PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { insertListen, ownerOf, setHeard } from './mark-heard.store.js';
import { requireMessage, updateOwnerCard } from './voicemail-state.js';

/**
 * Record that the actor plays this message and, the first time, mark it as heard everywhere. A play by link is recorded
 * as such, never as the owner's; it marks the message as heard too (decision 0025). Throws UserError (404) for a
 * message that is not in the actor's mailbox.
 */
export async function markHeard(deps: Deps, actor: PersonActor | LinkActor, id: VoicemailId): Promise<void> {
  const owner = ownerOf(actor);
  const played = await change(deps, actor, async (change) => {
    if (!(await insertListen(change, actor, id))) return false;
    const byLink = actor.kind === 'link' ? { after: { linkOf: actor.linkOfId } } : {};
    change.record({ event: 'voicemail.played', subjectId: id, ...byLink });
    if (await setHeard(change, owner, id)) {
      change.record({ event: 'voicemail.heard', subjectId: id, before: { heard: false }, after: { heard: true } });
    }
    await updateOwnerCard(change, id, owner);
    return true;
  });
  if (played) return;
  if (actor.kind === 'link') throw new UserError((words) => words.voicemail.gone, 404);
  await requireMessage(deps, actor, id);
}
