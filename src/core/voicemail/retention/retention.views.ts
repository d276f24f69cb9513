import { formatLabelled, formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Button, Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { voicemailActions } from '../voicemail.action-ids.js';

/** Messages that are soon too old. */
export interface ShownExpiry {
  /** The name of the mailbox; undefined: the reader's own. */
  readonly mailbox: string | undefined;
  readonly count: number;
  /** When the first of them is deleted. */
  readonly firstAt: Date;
}

/** Return the card that announces the deletion of unheard messages. */
export function expiringCard(reader: Reader, { mailbox, count, firstAt }: ShownExpiry, messagesUrl: string): Card {
  const words = wordsIn(reader.locale).retention;
  const title = words.expiring(count);
  const line = words.expiringLine(count, formatMoment(reader, firstAt));
  const whose: Block[] =
    mailbox === undefined ? [] : [{ kind: 'text', text: formatLabelled(reader.locale, words.mailbox, mailbox) }];
  const blocks: Block[] = [...whose, { kind: 'text', text: line }, openMessages(reader, messagesUrl)];
  return { title, summary: `${title}. ${line}`, blocks };
}

/** A mailbox that fills up. */
export interface ShownBox {
  /** The name of the mailbox; undefined: the reader's own. */
  readonly mailbox: string | undefined;
  readonly usedSeconds: number;
  readonly mostSeconds: number;
}

/** Return the card that warns of a nearly full mailbox. */
export function boxNearlyFullCard(reader: Reader, box: ShownBox, messagesUrl: string): Card {
  const { nearlyFull, nearlyFullOf, nearlyFullLine } = wordsIn(reader.locale).retention;
  const title = box.mailbox === undefined ? nearlyFull : nearlyFullOf(box.mailbox);
  return boxCard(reader, box, { title, line: nearlyFullLine }, messagesUrl);
}

/** Return the card that says that a mailbox is full. */
export function boxFullCard(reader: Reader, box: ShownBox, messagesUrl: string): Card {
  const { full, fullOf, fullLine } = wordsIn(reader.locale).retention;
  const title = box.mailbox === undefined ? full : fullOf(box.mailbox);
  return boxCard(reader, box, { title, line: fullLine }, messagesUrl);
}

function boxCard(
  reader: Reader,
  { mailbox, usedSeconds, mostSeconds }: ShownBox,
  { title, line }: { readonly title: string; readonly line: string },
  messagesUrl: string,
): Card {
  const used = wordsIn(reader.locale).retention.used(Math.floor(usedSeconds / 60), Math.round(mostSeconds / 60));
  const blocks: Block[] = [
    { kind: 'text', text: used },
    { kind: 'text', text: line },
    // An admin cannot open a mailbox on which they do not work.
    ...(mailbox === undefined ? [openMessages(reader, messagesUrl)] : []),
  ];
  return { title, summary: `${title}. ${used}`, blocks };
}

function openMessages(reader: Reader, url: string): Block {
  const { openMessages: label } = wordsIn(reader.locale).retention;
  const open: Button = { kind: 'link', action: voicemailActions.all, label, url, tone: 'main' };
  return { kind: 'buttons', buttons: [open] };
}
