import { z } from 'zod';
import { defineButton, defineCommand } from '../../chat/define-handler.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import { oneLine } from '../../text.js';
import { callActions } from '../calls.action-ids.js';
import { connectButton, mayConnect, messageCallBackButton } from '../outgoing/call-back.js';
import { liveCallOf } from '../transfer/transfer.js';
import { liveCallBlocks } from '../transfer/transfer.views.js';
import { type CallFilter, callFilters, listCalls } from './call-history.js';
import { callBackCard, callsCard, filterNamed } from './call-history.views.js';

/** `calls`: with whom I talk just now, what came in for me, and what I took for others. */
export const callsCommand = defineCommand({
  word: 'calls',
  also: ['call', 'missed'],
  french: ['appels', 'appel'],
  permission: 'self',
  readOnly: true,
  actions: ['calls'],
  help: ({ calls: { history } }) => ({ what: history.what, example: history.example }),
  run: async (deps, requester, { text }) => ({
    kind: 'say',
    card: await pageCard(deps, requester, { show: filterNamed(text) ?? 'mine' }),
  }),
});

/** What a button of the list carries; anything odd in it is the default. */
const Carried = z.object({ show: z.enum(callFilters).catch('mine'), before: z.string().optional().catch(undefined) });

/** The buttons of the list and of a missed call. */
export const callHistoryButtons = [
  connectButton,
  messageCallBackButton,
  defineButton({
    id: callActions.list,
    permission: 'self',
    readOnly: true,
    run: async (deps, requester, carries) => ({
      kind: 'replace',
      card: await pageCard(deps, requester, Carried.parse(carries)),
    }),
  }),
  defineButton({
    id: callActions.back,
    permission: 'self',
    readOnly: true,
    run: async (deps, requester, { number = '', name = '' }) => {
      const caller = { ani: oneLine(number, 64), callerName: oneLine(name, 200) };
      return {
        kind: 'say',
        card: callBackCard(requester.reader, caller, await mayConnect(deps, requester, caller.ani)),
      };
    },
  }),
];

const callsOnCard = 8;

async function pageCard(
  deps: Deps,
  requester: Requester,
  wanted: { readonly show: CallFilter; readonly before?: string | undefined },
): Promise<Card> {
  const page = await listCalls(deps, requester, { ...wanted, pageSize: callsOnCard });
  const card = callsCard(requester.reader, page, requester.user.id, `${deps.publicUrl}/calls`);
  const live = await liveCallOf(deps, requester);
  return live
    ? { ...card, blocks: [...liveCallBlocks(requester.reader, live), { kind: 'divider' }, ...card.blocks] }
    : card;
}
