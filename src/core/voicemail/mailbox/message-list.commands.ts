import { z } from 'zod';
import { defineButton, defineCommand, defineForm } from '../../chat/define-handler.js';
import type { Requester } from '../../chat/requester.js';
import type { Block, Card, CarriedData } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import type { ActionId } from '../../ids.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { ListChoice, longestSearch, messagesShows, queryOf } from './list-choice.js';
import { listenUrls } from './load-voicemail-card.js';
import { listMessages } from './message-list.js';
import { messagesSorts } from './message-list.types.js';
import { findForm, type ListedPage, messagesCard, newestMessagesBlocks } from './message-list.views.js';

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
  run: async (deps, requester) => ({ kind: 'say', card: await listCard(deps, requester, {}) }),
});

/** The buttons that show the list and turn its pages. */
export const messageListButtons = [
  defineButton({
    id: voicemailActions.list,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, carries) => ({ kind: 'say', card: await listCard(deps, requester, carries) }),
  }),
  pageButton(voicemailActions.newer),
  pageButton(voicemailActions.older),
];

/** `voicemail.find`: the words, the kind and the order of the messages in the list. */
export const findMessagesForm = defineForm({
  id: voicemailActions.find,
  permission: 'self',
  plus: true,
  open: async (_deps, requester, carries) => findForm(requester.reader, ListChoice.parse(carries)),
  values: (words) =>
    z.object({
      search: z.string().max(longestSearch, words.chat.tooLong(longestSearch)).default(''),
      show: z.enum(messagesShows).catch('all'),
      sort: z.enum(messagesSorts).catch('received'),
    }),
  submit: async (deps, requester, wish) => {
    const way = wish.sort === 'caller' || wish.sort === 'forwarded' ? 'up' : 'down';
    return { kind: 'replace', card: await listCard(deps, requester, { ...wish, way }) };
  },
});

/** A button that turns the pages of the list. */
function pageButton(id: ActionId) {
  return defineButton({
    id,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, carries) => ({ kind: 'replace', card: await listCard(deps, requester, carries) }),
  });
}

const messagesOnCard = 5;

async function listCard(deps: Deps, requester: Requester, carries: CarriedData): Promise<Card> {
  const choice = ListChoice.parse(carries);
  const listed = await listedPage(deps, requester, choice, messagesOnCard);
  return messagesCard(requester.reader, listed, choice, `${deps.publicUrl}/messages`);
}

/** Return the blocks of the newest unheard messages, or where all are heard of the newest ones, for the home in chat. */
export async function newestMessages(deps: Deps, requester: Requester): Promise<readonly Block[]> {
  const unheard = await listedPage(deps, requester, ListChoice.parse({ show: 'unheard' }), messagesOnHome);
  if (unheard.messages.length > 0) return newestMessagesBlocks(requester.reader, unheard);
  const all = await listedPage(deps, requester, ListChoice.parse({}), messagesOnHome);
  return newestMessagesBlocks(requester.reader, all);
}

const messagesOnHome = 3;

/** Return a page of the list, its messages with the addresses that play them. */
async function listedPage(deps: Deps, requester: Requester, choice: ListChoice, pageSize: number): Promise<ListedPage> {
  const listed = await listMessages(deps, requester.user.id, { ...queryOf(choice), pageSize });
  const urls = await listenUrls(
    deps,
    requester.actor,
    listed.messages.map(({ id }) => id),
  );
  return { ...listed, messages: listed.messages.map((message) => ({ ...message, listenUrl: urls.get(message.id) })) };
}
