import { change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { VoicemailId } from '../ids.js';
import { insertListen, setHeard } from './listen.store.js';
import { mustBeThere, retellOwner } from './voicemail.js';

/**
 * Somebody plays this message of theirs: puts the play on the record and, the first time, marks it heard everywhere.
 * Refuses (UserError, 404) a message that is not in the actor's mailbox.
 */
export async function markHeard(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  const played = await change(deps, actor, async (change) => {
    if (!(await insertListen(change, actor, id))) return false;
    change.record({ event: 'voicemail.played', subjectId: id });
    if (await setHeard(change, actor.userId, id)) {
      change.record({ event: 'voicemail.heard', subjectId: id, before: { heard: false }, after: { heard: true } });
    }
    await retellOwner(change, id, actor.userId);
    return true;
  });
  if (!played) await mustBeThere(deps, actor, id);
}
