import type { UserId } from '../ids.js';

/** What a person can be found by. */
export interface Entry {
  readonly id: UserId;
  readonly firstName: string;
  readonly lastName: string;
  readonly aliases: readonly string[];
  readonly phoneticName: string;
}

interface Match {
  readonly id: UserId;
  /** From 0 to 1; 1 is the whole name as it is written. */
  readonly score: number;
  /** Every word asked for is a whole word of the name, not only the beginning of one. */
  readonly exact: boolean;
}

/** The names of a company, made ready to be searched; built once, asked often. */
export interface Names {
  /** Best first, at most `limit`; homonyms stay in the order of the entries. */
  search(query: string, limit: number): readonly Match[];
}

/**
 * Makes names searchable: any part, any order, without accents or case; the initials of a word find it.
 * This module is all that the product knows of matching names, so that a better one takes its place here.
 */
export function namesFrom(entries: readonly Entry[]): Names {
  const candidates = entries.map((entry) => ({
    id: entry.id,
    name: wordsOf(`${entry.firstName} ${entry.lastName}`),
    others: [
      ...wordsOf([...entry.aliases, entry.phoneticName].join(' ')),
      ...wordsOf(`${entry.firstName} ${entry.lastName}`.replace(/['’-]/g, '')),
    ],
  }));

  return {
    search(query, limit) {
      const asked = wordsOf(query).slice(0, mostWords);
      if (asked.length === 0) return [];
      return candidates
        .map(({ id, name, others }) => ({
          id,
          score: scoreOf(asked, name, others),
          exact: asked.every((word) => name.includes(word) || others.includes(word)),
        }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
  };
}

/** More than any name has; what follows is not a name. */
const mostWords = 8;

/** How well all that was asked is found in a name; 0 as soon as one word is not. */
function scoreOf(asked: readonly string[], name: readonly string[], others: readonly string[]): number {
  const free = [...name];
  let found = 0;
  for (const word of asked) {
    const at = bestOf(word, free);
    if (at !== undefined) {
      found += closeness(word, free[at] ?? '');
      free.splice(at, 1);
      continue;
    }
    const other = others.find((one) => one.startsWith(word));
    if (other === undefined) return 0;
    found += closeness(word, other) * aliasWeight;
  }
  // A whole name beats a part of it, and the first word asked most often begins the name.
  const whole = found / Math.max(asked.length, name.length);
  const inOrder = name[0]?.startsWith(asked[0] ?? '') ? 0.01 : 0;
  return Math.min(1, 0.5 * (found / asked.length) + 0.49 * whole + inOrder);
}

const aliasWeight = 0.9;

/** Where in `words` the one that begins with `word` and is nearest to it stands. */
function bestOf(word: string, words: readonly string[]): number | undefined {
  let best: number | undefined;
  for (const [at, one] of words.entries()) {
    if (one.startsWith(word) && (best === undefined || one.length < (words[best]?.length ?? 0))) best = at;
  }
  return best;
}

const closeness = (word: string, found: string): number => 0.6 + 0.4 * (word.length / found.length);

/** `Jean-François O’Neil` → `jean`, `francois`, `o`, `neil`. */
const wordsOf = (text: string): string[] =>
  text
    .slice(0, 400)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßœæøł]/g, (letter) => unaccented[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Letters that Unicode does not take apart. */
const unaccented: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l' };
