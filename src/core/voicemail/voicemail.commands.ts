import { z } from 'zod';
import { defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { readPersonField } from '../directory/person-field.js';
import type { ActionId, VoicemailId } from '../ids.js';
import { cardForRequester, listenUrl, listenUrls } from './mailbox/load-voicemail-card.js';
import { requireMessage } from './mailbox/message-access.js';
import { listMessages } from './mailbox/message-list.js';
import { messagesCard } from './mailbox/message-list.views.js';
import { deleteVoicemail, markHandled, markUnhandled, undoDelete } from './mailbox/voicemail-state.js';
import { messageIn, messageReplaced } from './message-reply.js';
import { requestEmailToSelf } from './sharing/email-to-self.js';
import { longestNote, requestForward, requireForwarding } from './sharing/forward-voicemail.js';
import { revokePlayerLink } from './sharing/player-link.js';
import { voicemailActions } from './voicemail.action-ids.js';
import { forwardForm } from './voicemail.views.js';

/** `voicemail`: the messages, newest first. */
export const voicemailCommand = defineCommand({
  word: 'voicemail',
  also: ['voicemails', 'vm', 'messages', 'message'],
  french: ['messagerie', 'messages', 'message', 'boîte', 'répondeur'],
  permission: 'self',
  readOnly: true,
  actions: ['voicemail'],
  plus: true,
  help: (words) => ({ what: words.voicemail.listHelp, example: words.voicemail.listExample }),
  run: async (deps, requester) => ({ kind: 'say', card: await pageCard(deps, requester, 1) }),
});

/** Every button of a message and of the list. */
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
  messageButton(voicemailActions.handled, (deps, requester, id) => markHandled(deps, requester.actor, id)),
  messageButton(voicemailActions.reopen, (deps, requester, id) => markUnhandled(deps, requester.actor, id)),
  messageButton(voicemailActions.export, requestEmailToSelf),
  messageButton(voicemailActions.delete, (deps, requester, id) => deleteVoicemail(deps, requester.actor, id)),
  messageButton(voicemailActions.undo, (deps, requester, id) => undoDelete(deps, requester.actor, id)),
  defineButton({
    id: voicemailActions.revoke,
    permission: 'self',
    plus: true,
    async run(deps, requester, carries) {
      await revokePlayerLink(deps, requester.actor, messageIn(carries));
      return { kind: 'done', line: wordsIn(requester.reader.locale).voicemail.linkIsOver };
    },
  }),
  pageButton(voicemailActions.newer),
  pageButton(voicemailActions.older),
];

/** `voicemail.forward`: the recipient and the note. */
export const forwardVoicemailForm = defineForm({
  id: voicemailActions.forward,
  permission: 'self',
  plus: true,
  async open(deps, requester, carries) {
    requireForwarding(requester);
    await requireMessage(deps, requester.actor, messageIn(carries), 'handle');
    return forwardForm(requester.reader, messageIn(carries));
  },
  values: (words) =>
    z.object({
      recipient: z.string(words.chat.required),
      note: z.string().max(longestNote, words.chat.tooLong(longestNote)).default(''),
    }),
  async submit(deps, requester, { recipient, note }, carries) {
    const id = messageIn(carries);
    const words = wordsIn(requester.reader.locale);
    const chosen = await readPersonField(deps, requester, recipient);
    if (chosen.kind === 'problem') return formProblems({ recipient: chosen.line });
    const answer = await requestForward(deps, requester, { id, recipient: chosen.person.id, note });
    if (answer.kind === 'asked') return messageReplaced(deps, requester, id);
    switch (answer.why) {
      case 'oneself':
        return formProblems({ recipient: words.voicemail.notToYourself });
      case 'no-access':
        return formProblems({ recipient: words.voicemail.recipientWithoutAccess });
      case 'unknown':
        return formProblems({ recipient: words.chat.noSuchPerson });
      case 'had-it':
        return formProblems({ recipient: words.voicemail.alreadyForwarded });
      default:
        return answer.why satisfies never;
    }
  },
});

/** A button that acts on one message; its card then shows the result. */
function messageButton(id: ActionId, act: (deps: Deps, requester: Requester, id: VoicemailId) => Promise<void>) {
  return defineButton({
    id,
    permission: 'self',
    plus: true,
    async run(deps, requester, carries): Promise<Reply> {
      const voicemailId = messageIn(carries);
      await act(deps, requester, voicemailId);
      return messageReplaced(deps, requester, voicemailId);
    },
  });
}

/** A button that turns the pages of the list. */
function pageButton(id: ActionId) {
  return defineButton({
    id,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, { page }) => ({
      kind: 'replace',
      card: await pageCard(deps, requester, Number(page) || 1),
    }),
  });
}

const messagesOnCard = 5;

async function pageCard(deps: Deps, requester: Requester, page: number) {
  const listed = await listMessages(deps, requester.user.id, { page, pageSize: messagesOnCard });
  const urls = await listenUrls(
    deps,
    requester.actor,
    listed.messages.map(({ id }) => id),
  );
  const messages = listed.messages.map((message) => ({ ...message, listenUrl: urls.get(message.id) }));
  return messagesCard(requester.reader, { ...listed, messages }, `${deps.publicUrl}/messages`);
}
