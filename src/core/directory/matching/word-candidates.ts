import { typingCosts } from './edit-costs.js';
import { nearWords } from './near-words.js';
import { nicknames, relativesAt, relativesOf } from './nicknames.js';
import { soundsOf } from './phonetic-code.js';
import { reasonNumber } from './ranking.js';
import { eachBelow, entryOf, nodeOf } from './trie.js';
import { type Vocabulary, wordOf } from './vocabulary.js';

/** The candidates in the vocabulary for one word of a query, with their costs. Reused for every query. */
export interface WordCandidates {
  /** By word: its cost plus one; 0 for a word that is no candidate. */
  costs: Uint16Array;
  /** By word: the reason (ranking.ts). */
  reasons: Uint8Array;
  /** Once sorted: cost × 2²⁰ + word, the cheapest first. */
  sorted: Int32Array;
  count: number;
  /** The number of people who have one of the words: a measure of the work. */
  people: number;
}

/** Create an empty set of candidates. */
export const newWordCandidates = (): WordCandidates => ({
  costs: new Uint16Array(0),
  reasons: new Uint8Array(0),
  sorted: new Int32Array(0),
  count: 0,
  people: 0,
});

const exact = reasonNumber('exact');
const prefix = reasonNumber('prefix');
const nickname = reasonNumber('nickname');
const soundsLike = reasonNumber('sounds like');
const spelling = reasonNumber('spelling');

const nicknameCost = 30;
/** A name that only sounds the same is less likely than one typing error. */
const soundCost = 96;
const prefixCost = 20;
const wordBits = 20;

/** Return the word of a packed candidate. */
export const candidateWord = (packed: number): number => packed & ((1 << wordBits) - 1);
/** Return the cost of a packed candidate. */
export const candidateCost = (packed: number): number => packed >>> wordBits;

/** Find the candidates for `text`; with `loosely`, wrong letters are allowed too. */
export function findCandidates(guesses: WordCandidates, vocabulary: Vocabulary, text: string, loosely: boolean): void {
  clearCandidates(guesses, vocabulary);
  addCandidate(guesses, wordOf(vocabulary, text), 0, exact);
  for (const relative of relativesOf(text)) addCandidate(guesses, wordOf(vocabulary, relative), nicknameCost, nickname);
  addBeginnings(guesses, vocabulary, text);
  if (text.length >= 3) {
    addSameSounds(guesses, vocabulary, text);
    if (loosely) addMisspelt(guesses, vocabulary, text);
  }
  sortCandidates(guesses, vocabulary);
}

/** Only `text` itself and its nicknames. */
export function findExactCandidates(guesses: WordCandidates, vocabulary: Vocabulary, text: string): void {
  clearCandidates(guesses, vocabulary);
  addCandidate(guesses, wordOf(vocabulary, text), 0, exact);
  for (const relative of relativesOf(text)) addCandidate(guesses, wordOf(vocabulary, relative), nicknameCost, nickname);
  sortCandidates(guesses, vocabulary);
}

/** Add a word, or lower its cost. */
export function addCandidate(guesses: WordCandidates, word: number, cost: number, reason: number): void {
  if (word === -1) return;
  const known = guesses.costs[word] ?? 0;
  if (known !== 0 && known <= cost + 1) return;
  if (known === 0) {
    guesses.sorted[guesses.count] = word;
    guesses.count += 1;
  }
  guesses.costs[word] = cost + 1;
  guesses.reasons[word] = reason;
}

/** Forget the last query and make room for the vocabulary. */
export function clearCandidates(guesses: WordCandidates, vocabulary: Vocabulary): void {
  for (let at = 0; at < guesses.count; at += 1) guesses.costs[candidateWord(guesses.sorted[at] ?? 0)] = 0;
  guesses.count = 0;
  guesses.people = 0;
  const size = vocabulary.texts.length;
  if (guesses.costs.length >= size) return;
  guesses.costs = new Uint16Array(size + 1024);
  guesses.reasons = new Uint8Array(size + 1024);
  guesses.sorted = new Int32Array(size + 1024);
}

/** Sort the cheapest first and drop words without people. */
export function sortCandidates(guesses: WordCandidates, vocabulary: Vocabulary): void {
  const { sorted, costs, count } = guesses;
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const word = sorted[at] ?? 0;
    const people = vocabulary.people[word]?.length ?? 0;
    if (people === 0) {
      costs[word] = 0;
      continue;
    }
    guesses.people += people;
    sorted[kept] = ((costs[word] ?? 1) - 1) * (1 << wordBits) + word;
    kept += 1;
  }
  guesses.count = kept;
  sorted.subarray(0, kept).sort();
}

function addBeginnings(guesses: WordCandidates, vocabulary: Vocabulary, text: string): void {
  const node = nodeOf(vocabulary.spellings, text);
  if (node === -1) return;
  eachBelow(vocabulary.spellings, node, (word, further) => {
    if (further === 0) return;
    const people = vocabulary.people[word]?.length ?? 0;
    // The commoner a name, the likelier it is meant.
    const likely = Math.min(12, 32 - Math.clz32(people));
    addCandidate(guesses, word, prefixCost + 2 * Math.min(further, 8) - likely, prefix);
  });
}

function addSameSounds(guesses: WordCandidates, vocabulary: Vocabulary, text: string): void {
  for (const key of soundsOf(text)) {
    const sound = entryOf(vocabulary.sounds, key);
    for (const word of vocabulary.soundingAs[sound] ?? []) addCandidate(guesses, word, soundCost, soundsLike);
  }
}

function addMisspelt(guesses: WordCandidates, vocabulary: Vocabulary, text: string): void {
  const most = guesses.count > 0 && guesses.sorted[0] === wordOf(vocabulary, text) ? 100 : mostWrong(text.length);
  nearWords(vocabulary.spellings, text, typingCosts, most, (word, cost) => {
    const alsoSounds = (guesses.costs[word] ?? 0) > 0 && guesses.reasons[word] === soundsLike;
    addCandidate(guesses, word, cost, alsoSounds ? soundsLike : spelling);
    return most;
  });
  nearWords(nicknames, text, typingCosts, 100, (name, cost) => {
    for (const relative of relativesAt(name))
      addCandidate(guesses, wordOf(vocabulary, relative), cost + nicknameCost, nickname);
    return 100;
  });
}

/** The cost that a word of this length may have. */
const mostWrong = (length: number): number => (length <= 4 ? 100 : length <= 6 ? 175 : 220);
