import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card, Entry, Selection } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { truncate } from '../../text.js';
import { listedState, messageButtons, selectionButtons } from '../message-buttons.views.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf, formatLength } from '../voicemail.views.js';
import { carriedList, selectionName } from './carried-selection.js';
import { carriedChoice, isFiltered, type ListChoice } from './list-choice.js';
import { chosenLines } from './message-find.views.js';
import type { Message, MessagesPage } from './message-list.types.js';
import { type SelectionResult, selectionBlocks, selectionSummary } from './selected-messages.views.js';

/** A message of the list, with the page that plays it for this reader. */
export type ListedMessage = Message & { readonly listenUrl: string | undefined };

/** A page of the list whose messages can be played. */
export type ListedPage = Omit<MessagesPage, 'messages'> & { readonly messages: readonly ListedMessage[] };

/** What the list offers: forwarding, where the reader's gate is open, and the page in the browser. */
export interface ListOffers {
  readonly mayForward: boolean;
  readonly webUrl: string;
}

/** What an action on the list came to: what became of each message, or why nothing was done. */
export type ListNews = SelectionResult | { readonly problem: string };

/**
 * Return the card of a page of messages in chat, in which several can be selected, with buttons to the other pages and
 * to the search; `news` of an action stands above them.
 */
export function messagesCard(
  reader: Reader,
  listed: ListedPage,
  choice: ListChoice,
  offers: ListOffers,
  news?: ListNews,
): Card {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  const chosen = chosenLines(reader, choice);
  // The unheard ones are counted in the whole mailbox.
  const tally = isFiltered(choice) ? messageList.count(listed.total) : words.listSummary(listed.total, listed.unheard);
  const whenEmpty = isFiltered(choice) ? messageList.noMatch : words.listEmpty;
  return {
    title: words.listTitle,
    summary: news === undefined ? tally : 'problem' in news ? news.problem : selectionSummary(reader, news),
    blocks: [
      ...newsBlocks(reader, choice, news),
      ...(chosen.length === 0 ? [] : [{ kind: 'note', text: chosen.join(' · ') } as const]),
      { kind: 'text', text: listed.total === 0 ? whenEmpty : tally },
      ...(listed.messages.length === 0 ? [] : [selectionOf(reader, listed.messages, choice, offers)]),
      { kind: 'divider' },
      { kind: 'buttons', buttons: listButtons(reader, listed, choice, offers.webUrl) },
    ],
  };
}

function newsBlocks(reader: Reader, choice: ListChoice, news: ListNews | undefined): readonly Block[] {
  if (news === undefined) return [];
  const blocks: readonly Block[] =
    'problem' in news ? [{ kind: 'text', text: news.problem }] : selectionBlocks(reader, news, carriedList(choice));
  return [...blocks, { kind: 'divider' }];
}

function selectionOf(
  reader: Reader,
  messages: readonly ListedMessage[],
  choice: ListChoice,
  { mayForward }: ListOffers,
): Selection {
  const words = wordsIn(reader.locale).voicemail;
  return {
    kind: 'selection',
    name: selectionName,
    entries: messages.map((message) => entryOf(reader, message)),
    buttons: selectionButtons(words, {
      deleted: choice.show === 'deleted',
      handled: choice.show === 'handled',
      mayForward,
    }),
    carries: carriedList(choice),
  };
}

function entryOf(reader: Reader, message: ListedMessage): Entry {
  const words = wordsIn(reader.locale).voicemail;
  const { callerName, receivedAt, durationSeconds } = message;
  // The number and the words of the message follow below, because a platform may shorten the label.
  const label = [
    ...statesOf(reader, message),
    truncate(callerOf(words, message), longestCaller),
    formatMoment(reader, receivedAt),
    formatLength(durationSeconds),
  ].join(' · ');
  const detail = [
    ...(callerName.length > longestCaller ? [callerName] : []),
    ...furtherFacts(reader, message),
    ...excerptOf(words, message),
  ].join(' · ');
  return {
    value: message.id,
    label,
    ...(detail === '' ? {} : { detail }),
    buttons: messageButtons(words, listedState(message), { place: 'row-in-chat', listenUrl: message.listenUrl }),
  };
}

/** The most characters of a caller's name in a label. */
const longestCaller = 30;

/** Return the blocks of the newest messages for the app's home in chat, and the button to all of them. */
export function newestMessagesBlocks(reader: Reader, { messages, unheard }: ListedPage): readonly Block[] {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  return [
    { kind: 'divider' },
    { kind: 'text', text: messages.length === 0 ? words.listEmpty : messageList.newest(unheard) },
    ...messages.flatMap((message) => messageBlocks(reader, message)),
    { kind: 'divider' },
    {
      kind: 'buttons',
      buttons: [
        { kind: 'action', action: voicemailActions.list, label: words.allOnTheWeb, carries: {} },
        { kind: 'form', action: voicemailActions.find, label: messageList.find, carries: {} },
      ],
    },
  ];
}

function messageBlocks(reader: Reader, message: ListedMessage): Block[] {
  const words = wordsIn(reader.locale).voicemail;
  const facts = [
    ...statesOf(reader, message),
    callerOf(words, message),
    ...furtherFacts(reader, message),
    formatMoment(reader, message.receivedAt),
    formatLength(message.durationSeconds),
  ].join(' · ');
  const buttons = messageButtons(words, listedState(message), {
    place: 'row-in-chat',
    listenUrl: message.listenUrl,
  });
  return [
    { kind: 'divider' },
    { kind: 'text', text: facts },
    ...excerptOf(words, message).map((text) => ({ kind: 'note', text }) as const),
    { kind: 'buttons', buttons },
  ];
}

/** What is to be known before anything else: urgent, without sound, new, handled. */
function statesOf(reader: Reader, { urgent, mutedWhy, heardAt, handledAt, deletedAt }: ListedMessage): string[] {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  return [
    ...(urgent ? [words.urgent] : []),
    ...(mutedWhy ? [words.muted[mutedWhy]] : []),
    ...(heardAt || deletedAt ? [] : [words.unheard]),
    ...(handledAt ? [messageList.handled] : []),
  ];
}

/** The number, where it is not the title already, the mailbox, and who has to do with the message. */
function furtherFacts(reader: Reader, { callerName, ani, mailbox, forwardedBy, handledAt, shared }: ListedMessage) {
  const { voicemail: words, claim } = wordsIn(reader.locale);
  const claimedBy = handledAt ? undefined : shared?.claimedBy;
  return [
    ...(callerName && ani ? [formatNumber(ani)] : []),
    ...(mailbox ? [mailbox] : []),
    ...(forwardedBy ? [words.forwardedBy(forwardedBy)] : []),
    ...(claimedBy ? [shared?.claim === 'mine' ? claim.claimedByMe : claim.claimedBy(claimedBy)] : []),
  ];
}

function excerptOf(words: Words['voicemail'], { transcript }: ListedMessage): string[] {
  if (!transcript) return [];
  return [`${words.quoted(truncate(transcript.replace(/\s+/g, ' '), 150))} · ${words.byMachine}`];
}

function listButtons(reader: Reader, listed: ListedPage, choice: ListChoice, webUrl: string): Button[] {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  const carries = carriedChoice(choice);
  const first = listed.messages.at(0);
  const last = listed.messages.at(-1);
  // In another order than by time, "newer" and "older" would be wrong.
  const byTime = choice.sort === 'received' && choice.way === 'down';
  return [
    ...(listed.hasLater && last
      ? [
          {
            kind: 'action',
            action: voicemailActions.older,
            label: byTime ? words.older : messageList.next,
            carries: { ...carries, after: last.id },
          } as const,
        ]
      : []),
    ...(listed.hasEarlier && first
      ? [
          {
            kind: 'action',
            action: voicemailActions.newer,
            label: byTime ? words.newer : messageList.previous,
            carries: { ...carries, before: first.id },
          } as const,
        ]
      : []),
    { kind: 'form', action: voicemailActions.find, label: messageList.find, carries },
    { kind: 'link', action: voicemailActions.all, label: words.allOnTheWeb, url: webUrl },
  ];
}
