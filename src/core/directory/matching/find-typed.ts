import { wordsOf } from './fold-text.js';
import { rankByName } from './rank-names.js';
import { newRanking, type Ranking } from './ranking.js';
import type { Roster } from './roster.js';
import { wordOf } from './vocabulary.js';
import { findCandidates, findExactCandidates, newWordCandidates } from './word-candidates.js';

type Near = ((id: string) => number) | undefined;

/** The most words of a query that are considered. */
const mostAsked = 6;
const shared = Array.from({ length: mostAsked }, newWordCandidates);

const mostInitials = 4;

/** A name split or joined differently from its spelling costs a little. */
const otherwiseCost = 6;
/** Up to this cost nothing else is tried. */
const goodEnough = 60;

/**
 * Return the people whom a typed name may mean: any part, any order, initials, nicknames, wrong letters, names run
 * together.
 */
export function findTyped(roster: Roster, query: string, limit: number, near: Near): Ranking {
  const ranking = newRanking(limit);
  const words = askedWords(query);
  if (words.length === 0) return ranking;
  const best = () => ranking.costs[0] ?? Number.POSITIVE_INFINITY;

  tryWords(roster, words, 0, near, ranking);
  tryJoined(roster, words, near, ranking);
  const [word] = words;
  if (words.length === 1 && word !== undefined && word.length >= 2 && best() > otherwiseCost) {
    trySplit(roster, word, near, ranking);
    if (best() > goodEnough) trySplitMisspelt(roster, word, near, ranking);
  }
  if (words.length > 1 && ranking.slots.length === 0) tryWords(roster, words, 0, near, ranking, 1);
  return ranking;
}

/** Return the people whose names contain every word of the query as it is written. */
export function findWritten(roster: Roster, query: string, limit: number, near: Near): Ranking {
  const ranking = newRanking(limit);
  const words = askedWords(query);
  const guesses = shared.slice(0, words.length);
  guesses.forEach((guessed, at) => {
    findExactCandidates(guessed, roster.vocabulary, words[at] ?? '');
  });
  rankByName(roster, { words, guesses, handicap: 0, mayMiss: 0, near }, ranking);
  return ranking;
}

/** “Philippe, Amant” is searched as `amant philippe`. */
function askedWords(query: string): string[] {
  const comma = query.indexOf(',');
  const turned = comma > 0 ? `${query.slice(comma + 1, comma + 200)} ${query.slice(0, comma)}` : query;
  return wordsOf(turned).slice(0, mostAsked);
}

function tryWords(
  roster: Roster,
  words: readonly string[],
  handicap: number,
  near: Near,
  ranking: Ranking,
  mayMiss = 0,
): void {
  const initialsOnly = words.every((word) => word.length === 1);
  if (initialsOnly && (words.length > mostInitials || mayMiss > 0)) return;
  words.forEach((word, at) => {
    const guesses = shared[at];
    if (guesses && (word.length > 1 || initialsOnly)) findCandidates(guesses, roster.vocabulary, word, mayMiss === 0);
  });
  rankByName(roster, { words, guesses: shared, handicap, mayMiss, near }, ranking);
}

/** Try two adjacent words as one word of a name: “mc pherson”, “d amore”. */
function tryJoined(roster: Roster, words: readonly string[], near: Near, ranking: Ranking): void {
  for (let at = 0; at + 1 < words.length; at += 1) {
    const joined = `${words[at] ?? ''}${words[at + 1] ?? ''}`;
    if (wordOf(roster.vocabulary, joined) === -1) continue;
    tryWords(roster, [...words.slice(0, at), joined, ...words.slice(at + 2)], otherwiseCost, near, ranking);
  }
}

/** Try a first and a last name run together, either of them an initial: `michaelmccoy`, `jchristy`. */
function trySplit(roster: Roster, word: string, near: Near, ranking: Ranking): void {
  for (const { words, one, two } of splitsOf(roster, word)) {
    if (words.every(({ length }) => length === 1)) tryWords(roster, words, otherwiseCost, near, ranking);
    else if ((words[0].length === 1 || one.count > 0) && (words[1].length === 1 || two.count > 0)) {
      rankByName(roster, { words, guesses: shared, handicap: otherwiseCost, mayMiss: 0, near }, ranking);
    }
  }
}

/** The same if one of the two is misspelt: `michaelmcoy`. */
function trySplitMisspelt(roster: Roster, word: string, near: Near, ranking: Ranking): void {
  for (const { words, one, two } of splitsOf(roster, word)) {
    if (words.some(({ length }) => length < 3) || one.count > 0 === two.count > 0) continue;
    if (one.count > 0) findCandidates(two, roster.vocabulary, words[1], true);
    else findCandidates(one, roster.vocabulary, words[0], true);
    rankByName(roster, { words, guesses: shared, handicap: otherwiseCost, mayMiss: 0, near }, ranking);
  }
}

/** Every way to split a word in two, with the exact candidates of each half. */
function* splitsOf({ vocabulary }: Roster, word: string) {
  const [one, two] = shared;
  for (let at = 1; one && two && at < word.length; at += 1) {
    const words = [word.slice(0, at), word.slice(at)] as const;
    findExactCandidates(one, vocabulary, words[0]);
    findExactCandidates(two, vocabulary, words[1]);
    yield { words, one, two };
  }
}
