import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Carried } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { as, isUuid, type VoicemailId } from '../ids.js';
import { cardFor } from './mailbox/voicemail-card.js';

/** The message that a button or a form is about. What comes back from a platform is text; only an id can be one. */
export function messageIn({ voicemail }: Carried): VoicemailId {
  if (voicemail === undefined || !isUuid(voicemail)) throw new UserError((words) => words.voicemail.notYours, 404);
  return as<VoicemailId>(voicemail);
}

/** The message's card as it stands now, in the place of the one that was pressed. */
export async function messageReplaced(deps: Deps, requester: Requester, id: VoicemailId): Promise<Reply> {
  return {
    kind: 'replace',
    card: await cardFor(deps, requester, id),
    // The notice whose card a message has in this reader's chats.
    shows: { kind: 'voicemail.arrived', subjectId: id, userId: requester.user.id },
  };
}
