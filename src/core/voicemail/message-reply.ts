import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type VoicemailId } from '../ids.js';
import { cardForRequester } from './mailbox/load-voicemail-card.js';

/** Return the id of the message that a button or a form is about. Throws UserError (404) for text that is no id. */
export function messageIn({ voicemail }: CarriedData): VoicemailId {
  if (voicemail === undefined || !isUuid(voicemail)) throw new UserError((words) => words.voicemail.notYours, 404);
  return asId<VoicemailId>(voicemail);
}

/** Return the message's card in its present state, to replace the one that was clicked. */
export async function messageReplaced(deps: Deps, requester: Requester, id: VoicemailId): Promise<Reply> {
  return {
    kind: 'replace',
    card: await cardForRequester(deps, requester, id),
    // The notice that posted the message's card in this reader's chats.
    shows: { kind: 'voicemail.arrived', subjectId: id, userId: requester.user.id },
  };
}
