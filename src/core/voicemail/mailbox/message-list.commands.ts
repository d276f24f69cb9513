import { z } from 'zod';
import { defineButton, defineCommand, defineForm } from '../../chat/define-handler.js';
import type { ActionId } from '../../ids.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { listCard } from './list-card.js';
import { ListChoice, longestSearch, messagesShows, usualWay } from './list-choice.js';
import { findForm } from './message-find.views.js';
import { messagesSorts } from './message-list.types.js';

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
  run: async (deps, requester) => ({ kind: 'say', card: await listCard(deps, requester, ListChoice.parse({})) }),
});

/** The buttons that show the list and turn its pages. */
export const messageListButtons = [
  defineButton({
    id: voicemailActions.list,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, carries) => ({
      kind: 'say',
      card: await listCard(deps, requester, ListChoice.parse(carries)),
    }),
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
      caller: z.string().max(longestSearch, words.chat.tooLong(longestSearch)).default(''),
      since: z.string().default(''),
      until: z.string().default(''),
      length: z.string().default(''),
      sort: z.enum(messagesSorts).catch('received'),
      reversed: z.boolean().default(false),
    }),
  submit: async (deps, requester, { reversed, ...wish }) => {
    const usual = usualWay(wish.sort);
    const way = reversed ? (usual === 'up' ? 'down' : 'up') : usual;
    return { kind: 'replace', card: await listCard(deps, requester, ListChoice.parse({ ...wish, way })) };
  },
});

/** A button that turns the pages of the list. */
function pageButton(id: ActionId) {
  return defineButton({
    id,
    permission: 'self',
    readOnly: true,
    plus: true,
    run: async (deps, requester, carries) => ({
      kind: 'replace',
      card: await listCard(deps, requester, ListChoice.parse(carries)),
    }),
  });
}
