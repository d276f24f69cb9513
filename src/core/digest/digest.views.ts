import { callActions } from '../calls/calls.action-ids.js';
import { formatCount, formatLabelled, formatMoment, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import { truncate } from '../text.js';
import { voicemailActions } from '../voicemail/voicemail.action-ids.js';

/** A message or a call in a digest. */
export interface DigestLine {
  /** Empty: unknown. */
  readonly callerName: string;
  /** Empty: withheld. */
  readonly ani: string;
  readonly at: Date;
}

/** The newest of some messages or calls, and how many there are. */
interface DigestPart {
  readonly total: number;
  readonly lines: readonly DigestLine[];
}

/** What a digest lists. */
export interface ShownDigest {
  /** Messages since the digest before, that nobody has dealt with. */
  readonly fresh: DigestPart;
  /** Older messages that are not handled. */
  readonly open: DigestPart;
  /** Calls missed since the digest before. */
  readonly missed: DigestPart;
}

/** How many lines a digest has of each part. */
export const mostLines = 8;

/** Return the card of a digest; `publicUrl` is where the pages are. */
export function digestCard(reader: Reader, { fresh, open, missed }: ShownDigest, publicUrl: string): Card {
  const words = wordsIn(reader.locale).digest;
  return {
    title: words.title,
    summary: formatLabelled(reader.locale, words.title, words.summary(fresh.total, open.total, missed.total)),
    blocks: [
      ...partBlocks(reader, words.fresh, fresh),
      ...partBlocks(reader, words.open, open),
      ...partBlocks(reader, words.missed, missed),
      pageButtons(words, publicUrl),
      { kind: 'note', text: words.settings },
    ],
  };
}

/** Return the card of the notices that waited for the end of quiet hours, each by the line that its own card has. */
export function waitedCard(
  reader: Reader,
  { total, lines }: { readonly total: number; readonly lines: readonly string[] },
  publicUrl: string,
): Card {
  const words = wordsIn(reader.locale).digest;
  const title = words.waitedTitle(total);
  const shown = lines.slice(0, mostLines).map((line) => `• ${truncate(line.replace(/\s+/g, ' '), 200)}`);
  const more = total - shown.length;
  return {
    title,
    summary: title,
    blocks: [
      { kind: 'text', text: shown.join('\n') },
      ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
      pageButtons(words, publicUrl),
    ],
  };
}

function partBlocks(reader: Reader, label: string, { total, lines }: DigestPart): Block[] {
  if (total === 0) return [];
  const words = wordsIn(reader.locale).digest;
  const more = total - lines.length;
  return [
    { kind: 'text', text: formatLabelled(reader.locale, label, formatCount(reader.locale, total)) },
    {
      kind: 'facts',
      facts: lines.map((line) => ({ label: callerOf(words, line), value: detailsOf(reader, line) })),
    },
    ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
  ];
}

const callerOf = (words: Words['digest'], { callerName, ani }: DigestLine): string =>
  truncate(callerName || formatNumber(ani), 80) || words.unknownCaller;

/** When, and the number where the name does not stand for it. */
const detailsOf = (reader: Reader, { callerName, ani, at }: DigestLine): string =>
  [formatMoment(reader, at), ...(callerName && ani ? [formatNumber(ani)] : [])].join(' · ');

function pageButtons(words: Words['digest'], publicUrl: string): Block {
  const messages: Button = {
    kind: 'link',
    action: voicemailActions.all,
    label: words.showMessages,
    url: `${publicUrl}/messages`,
    tone: 'main',
  };
  const calls: Button = {
    kind: 'link',
    action: callActions.all,
    label: words.showCalls,
    url: `${publicUrl}/calls`,
  };
  return { kind: 'buttons', buttons: [messages, calls] };
}
