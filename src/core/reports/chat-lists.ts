import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { oneLine } from '../text.js';
import { companyLists } from './company-lists.js';
import { readableLists, requireReadable } from './readable-lists.js';
import { type ChatList, chatLists, linesOnCard, listCard, listsCard } from './reports.views.js';

/** The lists that the requester may read in chat. */
export function listsOf(requester: Requester): readonly ChatList[] {
  const readable = readableLists(requester);
  return chatLists.filter((list) => readable.includes(list));
}

/** The list of this name, or the choice of lists: `admin lists`, `admin lists ooo`, `admin listes absents`. */
export async function listsReply(deps: Deps, requester: Requester, typed: string): Promise<Reply> {
  const wanted = oneLine(typed, 40).toLowerCase();
  const lists = listsOf(requester);
  const words = wordsIn(requester.reader.locale).reports;
  if (wanted === '') return { kind: 'say', card: listsCard(requester.reader, lists) };
  const list = lists.find((one) => one === wanted || words.lists[one].title.toLowerCase() === wanted);
  if (list) return { kind: 'say', card: await pageCard(deps, requester, list) };
  return { kind: 'say', card: listsCard(requester.reader, lists, words.unknownList(wanted)) };
}

/** A page of a list, as a card. */
export async function pageCard(
  deps: Deps,
  { reader, tenant }: Requester,
  list: ChatList,
  after?: string,
): Promise<Card> {
  const page = await companyLists[list].page(deps, tenant.id, { after, most: linesOnCard });
  return listCard(reader, list, page, after !== undefined);
}

/** Refuses (UserError) a list that is none, not of this edition, or not the requester’s to read. */
export function listIn(requester: Requester, name: string | undefined): ChatList {
  const list = chatLists.find((one) => one === name);
  if (!list) throw new UserError((words) => words.reports.unknownList(oneLine(name ?? '', 40)), 404);
  requireReadable(requester, list);
  return list;
}
