import { closest, distance } from 'fastest-levenshtein';
import { truncate } from '../text.js';
import { hasPermission } from './actor.js';
import type { Command } from './define-handler.js';
import type { Locale } from './phrasing.js';
import type { Requester } from './requester.js';
import type { Block, Card } from './view.js';
import { wordsIn } from './words.js';

/** Return a card of one line. */
export const lineCard = (line: string): Card => ({ title: '', summary: line, blocks: [{ kind: 'text', text: line }] });

/** Whether a card holds only text: no buttons, no details. */
export const isLine = (card: Card): boolean =>
  card.title === '' && card.blocks.length === 1 && card.blocks[0]?.kind === 'text' && card.summary.length < 300;

/** Return a card with every command that this person may use, what it does and an example. */
export function helpCard(requester: Requester, commands: readonly Command[]): Card {
  const words = wordsIn(requester.reader.locale);
  return { title: words.chat.help, summary: words.chat.help, blocks: helpBlocks(requester, commands) };
}

/** Return the answer to an unknown word: the nearest word, and the help. */
export function unknownWordCard(requester: Requester, typed: string, commands: readonly Command[]): Card {
  const words = wordsIn(requester.reader.locale);
  const short = truncate(typed, 40);
  const nearest = closest(
    short.toLowerCase(),
    commands.filter(mayBeGivenBy(requester)).flatMap((command) => wordsFor(requester.reader.locale, command)),
  );
  const close = distance(short.toLowerCase(), nearest) <= Math.max(1, Math.floor(nearest.length / 2));
  const line = close ? words.chat.didYouMean(short, nearest) : words.chat.unknownWord(short);
  return {
    title: '',
    summary: line,
    blocks: [{ kind: 'text', text: line }, { kind: 'divider' }, ...helpBlocks(requester, commands)],
  };
}

function helpBlocks(requester: Requester, commands: readonly Command[]): Block[] {
  const words = wordsIn(requester.reader.locale);
  return [
    {
      kind: 'facts',
      facts: commands.filter(mayBeGivenBy(requester)).map((command) => {
        const { what, example } = command.help(words);
        return { label: `/attendant ${example}`, value: what };
      }),
    },
  ];
}

/** The words to suggest to a reader of this language: whole words only, although every word works for everyone. */
const wordsFor = (locale: Locale, { word, also, french }: Command): readonly string[] =>
  (locale === 'fr' ? french : [word, ...also]).filter((name) => name.length > 2 && !name.includes(' '));

const mayBeGivenBy =
  ({ actor, tenant }: Requester) =>
  ({ permission, plus }: Command): boolean =>
    hasPermission(actor, permission) && (plus !== true || tenant.edition === 'attendant_plus');
