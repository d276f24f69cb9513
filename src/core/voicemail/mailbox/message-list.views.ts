import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card, Form } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { truncate } from '../../text.js';
import { listedState, messageButtons } from '../message-buttons.views.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf, formatLength } from '../voicemail.views.js';
import { carriedChoice, type ListChoice, longestSearch, messagesShows } from './list-choice.js';
import { type Message, type MessagesPage, messagesSorts } from './message-list.types.js';

/** A message of the list, with the page that plays it for this reader. */
export type ListedMessage = Message & { readonly listenUrl: string | undefined };

/** A page of the list whose messages can be played. */
export type ListedPage = Omit<MessagesPage, 'messages'> & { readonly messages: readonly ListedMessage[] };

/**
 * Return the card of a page of messages in chat, with buttons to the other pages and to the search; `webUrl` leads to
 * the sortable list.
 */
export function messagesCard(reader: Reader, listed: ListedPage, choice: ListChoice, webUrl: string): Card {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  const chosen = [
    ...(choice.show === 'all' ? [] : [messageList.shown(messageList.shows[choice.show])]),
    ...(choice.search === '' ? [] : [messageList.searchedFor(choice.search)]),
  ];
  // The unheard ones are counted in the whole mailbox.
  const summary =
    chosen.length === 0 ? words.listSummary(listed.total, listed.unheard) : messageList.count(listed.total);
  const whenEmpty = chosen.length === 0 ? words.listEmpty : messageList.noMatch;
  return {
    title: words.listTitle,
    summary,
    blocks: [
      ...(chosen.length === 0 ? [] : [{ kind: 'note', text: chosen.join(' · ') } as const]),
      { kind: 'text', text: listed.total === 0 ? whenEmpty : summary },
      ...listed.messages.flatMap((message) => messageBlocks(reader, message)),
      { kind: 'divider' },
      { kind: 'buttons', buttons: listButtons(reader, listed, choice, webUrl) },
    ],
  };
}

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

/** Return the form that searches and filters the list. */
export function findForm(reader: Reader, { search, show, sort }: ListChoice): Form {
  const { messageList: words, chat } = wordsIn(reader.locale);
  return {
    id: voicemailActions.find,
    title: words.findTitle,
    submit: words.findSubmit,
    cancel: chat.cancel,
    fields: [
      {
        kind: 'text',
        name: 'search',
        label: words.search,
        hint: words.searchHint,
        required: false,
        maxLength: longestSearch,
        ...(search === '' ? {} : { value: search }),
      },
      {
        kind: 'choice',
        name: 'show',
        label: words.show,
        required: true,
        value: show,
        options: messagesShows.map((value) => ({ value, label: words.shows[value] })),
      },
      {
        kind: 'choice',
        name: 'sort',
        label: words.sort,
        required: true,
        value: sort,
        options: messagesSorts.map((value) => ({ value, label: words.sorts[value] })),
      },
    ],
    carries: {},
  };
}

function messageBlocks(reader: Reader, message: ListedMessage): Block[] {
  const words = wordsIn(reader.locale).voicemail;
  const { heardAt, urgent, mutedWhy, callerName, ani, receivedAt, durationSeconds, transcript, listenUrl } = message;
  const facts = [
    ...(urgent ? [words.urgent] : []),
    ...(mutedWhy ? [words.muted[mutedWhy]] : []),
    ...(heardAt ? [] : [words.unheard]),
    callerOf(words, message),
    // Without a name, the number is the title already.
    ...(callerName && ani ? [formatNumber(ani)] : []),
    formatMoment(reader, receivedAt),
    formatLength(durationSeconds),
    ...whoseFacts(reader, message),
  ].join(' · ');
  const buttons = messageButtons(words, listedState(message), { place: 'row-in-chat', listenUrl });
  return [
    { kind: 'divider' },
    { kind: 'text', text: facts },
    ...(transcript
      ? [
          {
            kind: 'note',
            text: `${words.quoted(truncate(transcript.replace(/\s+/g, ' '), 150))} · ${words.byMachine}`,
          } as const,
        ]
      : []),
    { kind: 'buttons', buttons },
  ];
}

/** Whose message it is, and who has it or is done with it: what the members of a mailbox must know of each other. */
function whoseFacts(
  { locale }: Reader,
  { mailbox, forwardedBy, handledAt, shared }: Pick<Message, 'mailbox' | 'forwardedBy' | 'handledAt' | 'shared'>,
): string[] {
  const { voicemail: words, claim, messageList } = wordsIn(locale);
  const holder = shared?.claimedBy;
  return [
    ...(mailbox ? [mailbox] : []),
    ...(forwardedBy ? [words.forwardedBy(forwardedBy)] : []),
    ...(handledAt ? [messageList.shows.handled] : []),
    ...(!handledAt && holder ? [shared.claim === 'mine' ? claim.claimedByMe : claim.claimedBy(holder)] : []),
  ];
}

function listButtons(reader: Reader, listed: ListedPage, choice: ListChoice, webUrl: string): Button[] {
  const { voicemail: words, messageList } = wordsIn(reader.locale);
  const carries = carriedChoice(choice);
  const first = listed.messages.at(0);
  const last = listed.messages.at(-1);
  // In another order than by time, "newer" and "older" would be wrong.
  const byTime = choice.sort === 'received' && choice.way === 'down';
  return [
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
    { kind: 'form', action: voicemailActions.find, label: messageList.find, carries },
    { kind: 'link', action: voicemailActions.all, label: words.allOnTheWeb, url: webUrl },
  ];
}
