import { distance } from 'fastest-levenshtein';

/** A piece of a typed date, and its place in the text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'clock' | 'date' | 'iso' | 'mark';
  /** As it was typed. */
  readonly raw: string;
  /** Lower case without accents. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Return the text without differences of spelling only: odd spaces, quotes, dashes, invisible characters. Linear. */
export const tidyText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/['’‘`´ʼ]/g, ' ')
    .replace(/["“”„«»‹›]/g, ' ')
    .replace(/(?<![\p{L}\d])([ap])\. ?m\b\.?/giu, '$1m')
    .replace(/(?<=\d ?)([ap])\. ?m\b\.?/giu, '$1m')
    .replace(/\s+/g, ' ')
    .trim();

/** Return a word in lower case without accents. */
export const foldedWord = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Split a tidied text into tokens. Linear for each kind of token. */
export function tokensOf(text: string, known: ReadonlySet<string>): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at, known);
    if (token) tokens.push(token);
    at = token?.end ?? at + 1;
  }
  return tokens;
}

const kinds: readonly (readonly [Token['kind'], RegExp])[] = [
  ['iso', /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\p{L}\d-])/uy],
  ['iso', /(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\p{L}\d])/uy],
  ['date', /\d{4}([/.-])\d{1,2}\1\d{1,2}(?!\d)/y],
  ['date', /\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/y],
  ['date', /\d{1,2}\/\d{1,2}(?![\d/])/y],
  ['date', /\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?!\d)/y],
  ['clock', /\d{1,2}:\d{2}(?::\d{2})?(?!\d)/y],
  ['number', /\d+(?:[.,]\d{1,2})?(?!\d)/y],
  ['number', /\d+/y],
  ['word', /[\p{L}\p{M}]+/uy],
  ['mark', /[^\s]/uy],
];

function tokenAt(text: string, at: number, known: ReadonlySet<string>): Token | undefined {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at;
    const raw = pattern.exec(text)?.[0];
    if (raw === undefined) continue;
    const word = kind === 'word' ? correctWord(foldedWord(raw), known) : raw;
    return { kind, raw, word, start: at, end: at + raw.length };
  }
  return undefined;
}

/** A long word with one wrong letter (two in a very long one) is read as the only known word that near. */
function correctWord(word: string, known: ReadonlySet<string>): string {
  if (word.length < 6 || word.length > 14 || known.has(word)) return word;
  const most = word.length >= 8 ? 2 : 1;
  const near = [...known].filter((one) => one.length >= 6 && one[0] === word[0] && distance(one, word) <= most);
  return near.length === 1 && near[0] !== undefined ? near[0] : word;
}
