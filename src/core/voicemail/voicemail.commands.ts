import { z } from 'zod';
import { defineButton, defineForm, type FormProblems, formProblems } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { readPersonField } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import type { VoicemailId } from '../ids.js';
import { carriedList, listIn, selectedIn } from './mailbox/carried-selection.js';
import { cardForRequester, listenUrl } from './mailbox/load-voicemail-card.js';
import { requireMessage } from './mailbox/message-access.js';
import { requireSelection } from './mailbox/selected-messages.js';
import type { SelectionAct } from './mailbox/selected-messages.views.js';
import { actOnSelection } from './mailbox/selection-reply.js';
import { type Changed, deleteVoicemail, markHandled, markUnhandled, undoDelete } from './mailbox/voicemail-state.js';
import { messageIn, messageReplaced } from './message-reply.js';
import { requestEmailToSelf } from './sharing/email-to-self.js';
import { type ForwardAnswer, longestNote, requestForward, requireForwarding } from './sharing/forward-voicemail.js';
import { endLinksOf } from './sharing/live-links.js';
import { revokePlayerLink } from './sharing/player-link.js';
import { voicemailActions } from './voicemail.action-ids.js';
import { forwardForm } from './voicemail.views.js';

/** Every button of a message; those that change one also act on several at once (`voicemails`). */
export const voicemailButtons = [
  defineButton({
    id: voicemailActions.open,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, carries) => ({
      kind: 'say',
      card: await cardForRequester(deps, requester, messageIn(carries)),
    }),
  }),
  defineButton({
    id: voicemailActions.listen,
    permission: 'self',
    readOnly: true,
    plus: true,
    async run(deps, requester, carries) {
      const id = messageIn(carries);
      const card = await cardForRequester(deps, requester, id);
      const url = await listenUrl(deps, requester.actor, id);
      return { kind: 'say', card, ...(url === undefined ? {} : { page: { title: card.title, url } }) };
    },
  }),
  messageButton('handled', 'handled', (deps, requester, id) => markHandled(deps, requester.actor, id)),
  messageButton('reopen', 'reopened', (deps, requester, id) => markUnhandled(deps, requester.actor, id)),
  messageButton('export', 'exported', requestEmailToSelf),
  messageButton('delete', 'deleted', (deps, requester, id) => deleteVoicemail(deps, requester.actor, id)),
  messageButton('undo', 'restored', (deps, requester, id) => undoDelete(deps, requester.actor, id)),
  defineButton({
    id: voicemailActions.revoke,
    permission: 'self',
    plus: true,
    async run(deps, requester, carries) {
      const { person, voicemail } = carries;
      if (person === undefined) await revokePlayerLink(deps, requester.actor, messageIn(carries));
      else await endLinksOf(deps, requester.actor, person, voicemail === undefined ? undefined : messageIn(carries));
      return { kind: 'done', line: wordsIn(requester.reader.locale).voicemail.linkIsOver };
    },
  }),
];

/** `voicemail.forward`: the recipient and the note, for one message or several. */
export const forwardVoicemailForm = defineForm({
  id: voicemailActions.forward,
  permission: 'self',
  plus: true,
  async open(deps, requester, carries) {
    requireForwarding(requester);
    const selected = selectedIn(carries);
    if (!selected) await requireMessage(deps, requester.actor, messageIn(carries), 'handle');
    else requireSelection(selected);
    const form = forwardForm(requester.reader, selected ?? messageIn(carries));
    const list = listIn(carries);
    return list ? { ...form, carries: { ...carriedList(list), ...form.carries } } : form;
  },
  values: (words) =>
    z.object({
      recipient: z.string(words.chat.required),
      note: z.string().max(longestNote, words.chat.tooLong(longestNote)).default(''),
    }),
  async submit(deps, requester, { recipient, note }, carries) {
    requireForwarding(requester);
    const chosen = await readPersonField(deps, requester, recipient);
    if (chosen.kind === 'problem') return formProblems({ recipient: chosen.line });
    const forward = (id: VoicemailId) => requestForward(deps, requester, { id, recipient: chosen.person.id, note });
    if (selectedIn(carries)) return forwardSelected(deps, requester, carries, forward);
    const id = messageIn(carries);
    const answer = await forward(id);
    if (answer.kind === 'asked') return messageReplaced(deps, requester, id);
    return formProblems({ recipient: refusalOf(answer)(wordsIn(requester.reader.locale)) });
  },
});

/** A recipient who cannot get any message is a problem of the form; one who has a message already, of that message. */
async function forwardSelected(
  deps: Deps,
  requester: Requester,
  carries: CarriedData,
  forward: (id: VoicemailId) => Promise<ForwardAnswer>,
): Promise<Reply | FormProblems> {
  let problem: UserError['say'] | undefined;
  const reply = await actOnSelection(deps, requester, carries, 'forwarded', async (id) => {
    const answer = await forward(id);
    if (answer.kind === 'asked') return 'changed';
    if (answer.why !== 'had-it') problem = refusalOf(answer);
    throw new UserError(refusalOf(answer), 409);
  });
  return problem ? formProblems({ recipient: problem(wordsIn(requester.reader.locale)) }) : reply;
}

function refusalOf({ why }: Exclude<ForwardAnswer, { kind: 'asked' }>): UserError['say'] {
  switch (why) {
    case 'oneself':
      return (words) => words.voicemail.notToYourself;
    case 'no-access':
      return (words) => words.voicemail.recipientWithoutAccess;
    case 'unknown':
      return (words) => words.chat.noSuchPerson;
    case 'had-it':
      return (words) => words.voicemail.alreadyForwarded;
    default:
      return why satisfies never;
  }
}

/**
 * A button that acts on one message, whose card then shows the result, or on several, and a card says what became of
 * each.
 */
function messageButton(
  name: 'handled' | 'reopen' | 'export' | 'delete' | 'undo',
  done: SelectionAct,
  act: (deps: Deps, requester: Requester, id: VoicemailId) => Promise<Changed>,
) {
  return defineButton({
    id: voicemailActions[name],
    permission: 'self',
    plus: true,
    async run(deps, requester, carries): Promise<Reply> {
      if (selectedIn(carries)) return actOnSelection(deps, requester, carries, done, (id) => act(deps, requester, id));
      const voicemailId = messageIn(carries);
      await act(deps, requester, voicemailId);
      return messageReplaced(deps, requester, voicemailId);
    },
  });
}
