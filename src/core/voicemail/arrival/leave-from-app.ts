import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { findListed } from '../../directory/search-directory.js';
import { UserError } from '../../errors.js';
import { findUser } from '../../people/index.js';
import type { Person } from '../../people/person.js';
import { dropAudio, keepAudio } from './keep-audio.js';
import { shortestMessageSeconds } from './probe-audio.js';
import { type ReceivedVoicemail, receiveVoicemail } from './receive-voicemail.js';

/**
 * Return the person in whose mailbox the requester may leave a message from the app: a colleague whom the directory
 * lists.
 * Throws UserError without Plus (403), for the requester's own mailbox, and for a person not in the directory (404).
 */
export async function recipientOf(deps: Deps, requester: Requester, id: string): Promise<Person> {
  const person = await findListed(deps.db, requester.tenant.id, id);
  if (!person) throw new UserError((words) => words.directory.gone, 404);
  if (requester.tenant.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
  if (person.id === requester.user.id) throw new UserError((words) => words.directory.messageToYourself);
  return person;
}

/**
 * Leave the requester's recording in a colleague's mailbox, as a call would, through `receiveVoicemail`. `once` is the
 * number of the submitted form: the same form again is the same message. Throws UserError as `recipientOf` does, for
 * unplayable audio (415), and for audio that is too large or too long (413), or too short.
 */
export async function leaveMessage(
  deps: Deps,
  requester: Requester,
  wish: { readonly recipientId: string; readonly audio: Buffer; readonly once: string },
): Promise<ReceivedVoicemail> {
  const recipient = await recipientOf(deps, requester, wish.recipientId);
  const audio = await keepAudio(deps, requester.tenant.id, wish.audio);
  if (audio.durationSeconds < shortestMessageSeconds) {
    await dropAudio(deps, audio);
    throw new UserError((words) => words.voicemail.tooShort(shortestMessageSeconds));
  }

  const caller = await findUser(deps.db, requester.tenant.id, requester.user.id);
  return receiveVoicemail(deps, requester.actor, {
    sourceId: `app:${requester.user.id}:${recipient.id}:${wish.once}`,
    mailbox: { userId: recipient.id },
    audio,
    // Personal numbers are private.
    ani: caller?.did ?? caller?.extension ?? '',
    callerName: requester.user.displayName,
  });
}
