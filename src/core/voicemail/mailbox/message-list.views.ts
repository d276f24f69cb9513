import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card } from '../../chat/view.js';
import { type Words, wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { truncate } from '../../text.js';
import { listedState, messageButtons } from '../message-buttons.views.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf, formatLength } from '../voicemail.views.js';
import type { Message, MessagesPage } from './message-list.types.js';

/** A message of the list, with the page that plays it for this reader. */
export type ListedMessage = Message & { readonly listenUrl: string | undefined };

/** A page of the list whose messages can be played. */
export type ListedPage = Omit<MessagesPage, 'messages'> & { readonly messages: readonly ListedMessage[] };

/**
 * Return the card of a page of messages in chat, with buttons to the other pages; `webUrl` leads to the sortable list.
 */
export function messagesCard(reader: Reader, listed: ListedPage, webUrl: string): Card {
  const words = wordsIn(reader.locale).voicemail;
  const summary = words.listSummary(listed.total, listed.unheard);
  return {
    title: words.listTitle,
    summary,
    blocks: [
      { kind: 'text', text: listed.total === 0 ? words.listEmpty : summary },
      ...listed.messages.flatMap((message) => messageBlocks(reader, words, message)),
      { kind: 'divider' },
      ...(listed.pages > 1 ? [{ kind: 'note', text: words.pageOf(listed.page, listed.pages) } as const] : []),
      { kind: 'buttons', buttons: pagingButtons(words, listed, webUrl) },
    ],
  };
}

function messageBlocks(reader: Reader, words: Words['voicemail'], message: ListedMessage): Block[] {
  const { heardAt, urgent, callerName, ani, receivedAt, durationSeconds, transcript, forwardedBy, listenUrl } = message;
  const facts = [
    ...(urgent ? [words.urgent] : []),
    ...(heardAt ? [] : [words.unheard]),
    callerOf(words, message),
    // Without a name, the number is the title already.
    ...(callerName && ani ? [formatNumber(ani)] : []),
    formatMoment(reader, receivedAt),
    formatLength(durationSeconds),
    ...(forwardedBy ? [words.forwardedBy(forwardedBy)] : []),
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

function pagingButtons(words: Words['voicemail'], { page, pages }: ListedPage, webUrl: string): Button[] {
  const leaf = (label: string, to: number): Button => ({
    kind: 'action',
    action: to < page ? voicemailActions.newer : voicemailActions.older,
    label,
    carries: { page: String(to) },
  });
  return [
    ...(page > 1 ? [leaf(words.newer, page - 1)] : []),
    ...(page < pages ? [leaf(words.older, page + 1)] : []),
    { kind: 'link', action: voicemailActions.all, label: words.allOnTheWeb, url: webUrl },
  ];
}
