import type { Requester } from '../../chat/requester.js';
import type { Block, Card } from '../../chat/view.js';
import type { Deps } from '../../deps.js';
import { isForwardingAllowed } from '../sharing/forward-voicemail.js';
import { ListChoice, queryOf } from './list-choice.js';
import { listenUrls } from './load-voicemail-card.js';
import { listMessages } from './message-list.js';
import { type ListedPage, type ListNews, messagesCard, newestMessagesBlocks } from './message-list.views.js';

/** A message of Slack's has room for so many entries with their buttons, and a long search in each button. */
const messagesOnCard = 8;

/** Return the card of the list in chat as it is now, below the `news` of an action on it. */
export async function listCard(deps: Deps, requester: Requester, choice: ListChoice, news?: ListNews): Promise<Card> {
  const listed = await listedPage(deps, requester, choice, messagesOnCard);
  const offers = { mayForward: isForwardingAllowed(requester), webUrl: `${deps.publicUrl}/messages` };
  return messagesCard(requester.reader, listed, choice, offers, news);
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
  const listed = await listMessages(deps, requester.user.id, {
    ...queryOf(choice, requester.reader.timeZone),
    pageSize,
  });
  const urls = await listenUrls(
    deps,
    requester.actor,
    listed.messages.map(({ id }) => id),
  );
  return { ...listed, messages: listed.messages.map((message) => ({ ...message, listenUrl: urls.get(message.id) })) };
}
