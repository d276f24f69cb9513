import type { EditCosts } from './edit-costs.js';
import { wordsOf } from './fold-text.js';
import { furtherGuessLetterCosts, letterCosts } from './letter-confusion.js';
import { namePartDistances } from './name-part-distances.js';
import { nearestWords } from './near-words.js';
import { entryCost, insertRanked, newRanking, type Ranking, reasonNumber } from './ranking.js';
import { nameField, type Roster } from './roster.js';
import { letterOf, spellingWords } from './spelling-words.js';
import type { Vocabulary } from './vocabulary.js';

type Near = ((id: string) => number) | undefined;

const mostTranscripts = 10;
const mostLetters = 24;
/** The most transcripts against which the names found are weighed. */
const mostWeighed = 4;
/** The weight of the further transcripts together, compared with the first. */
const laterShare = 1;
/** The value of a name that twice as many people have: as likelihood, 19 ln 2. */
const commonWorth = 13;
/** A name that at least this many people have is worth weighing however it was heard. */
const commonFrom = 10;
const untoldPartCost = 25;
/** Orders people of the same name, and no others. */
const nearWeight = 0.9;
/** The most names near the letters that are considered; and the share of letters that may be misheard. */
const mostNear = 60;
const mostWrong = 40;
const mostWrongAtAll = 360;
/** The most nodes of the tree of names that are visited, to bound the time. */
const mostWork = 45_000;
/** The most names that are weighed against further transcripts too. */
const mostLikely = 150;
/** The highest cost of a name by any transcript. */
const highestCost = 600;

const spelling = reasonNumber('spelling');

/**
 * Return the people whose last name was spelled aloud, from a recogniser's transcripts, best first. The names that fit
 * the first transcript are weighed against the next few too: those misheard other letters. Best first.
 */
export function findSpelled(roster: Roster, transcripts: readonly string[], limit: number, near: Near): Ranking {
  const read = [...new Set(transcripts.slice(0, mostTranscripts).map(lettersOf))].filter((letters) => letters !== '');
  const [letters] = read;
  const ranking = newRanking(limit);
  if (letters === undefined) return ranking;
  for (const [word, cost] of wordCosts(roster, likeliestNames(roster, letters), read)) {
    if (cost - nearWeight >= entryCost(ranking)) break;
    for (const slot of roster.vocabulary.people[word] ?? []) {
      const untold = untoldOf(roster, slot, word);
      const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
      if (untold !== undefined) insertRanked(ranking, slot, cost + untold * untoldPartCost - nearness, spelling);
    }
  }
  return ranking;
}

/**
 * The cost of words by the first transcript, by the average of the next ones, and by how common they are; lowest first.
 */
function wordCosts({ vocabulary }: Roster, words: readonly number[], read: readonly string[]): [number, number][] {
  const { texts } = vocabulary;
  const [first = '', ...later] = read.slice(0, mostWeighed);
  const costs = distancesOf(words, texts, first, letterCosts);
  const whole = later.length > 0 ? 1 + laterShare : 1;
  for (const letters of later) {
    distancesOf(words, texts, letters, furtherGuessLetterCosts).forEach((cost, at) => {
      costs[at] = (costs[at] ?? 0) + (cost * laterShare) / later.length;
    });
  }
  const rare = words.map((word) => rarity(vocabulary, word));
  const total = words.map((_, at) => (costs[at] ?? 0) / whole + (rare[at] ?? 0));
  // How common the names are orders them; the score of the best depends on its letters only.
  const shift = rare[total.indexOf(Math.min(...total))] ?? 0;
  return words
    .map((word, at): [number, number] => [word, (total[at] ?? 0) - shift])
    .sort(([, one], [, other]) => one - other);
}

let rows: Int16Array = new Int16Array(0);

function distancesOf(words: readonly number[], texts: readonly string[], letters: string, costs: EditCosts): number[] {
  const width = letters.length + 1;
  rows = namePartDistances(
    words.map((word) => texts[word] ?? ''),
    words.length,
    letters,
    costs,
    rows,
  );
  return words.map((_, at) => Math.min(highestCost, rows[(at + 1) * width - 1] ?? highestCost));
}

/** Return the letters that were said; capitals if a word made them certain. “b as in boy, double t” → `Btt`. */
export function lettersOf(transcript: string): string {
  const words = wordsAsSaid(transcript);
  let letters = '';
  let times = 1;
  for (let at = 0; at < words.length && letters.length < mostLetters; at += 1) {
    const word = words[at] ?? '';
    const example = exampleAfter(words, at);
    let letter = letterOf(word);
    if (example) {
      letter = example.letter;
      at = example.at;
    } else if (spellingWords.double.has(word)) {
      times = 2;
      continue;
    } else if (spellingWords.triple.has(word)) {
      times = 3;
      continue;
    }
    letters += letter.repeat(times);
    if (letter !== '') times = 1;
  }
  return letters.slice(0, mostLetters);
}

/**
 * The example after the letter at `at`: “as in boy”, “like boy”, “comme Bernard”. Its letter counts, not the heard one.
 */
function exampleAfter(words: readonly string[], at: number): { letter: string; at: number } | undefined {
  if ((words[at] ?? '').length > 2 && letterOf(words[at] ?? '') === '') return undefined;
  for (const phrase of spellingWords.likes) {
    if (!phrase.every((word, place) => words[at + 1 + place] === word)) continue;
    const example = words[at + 1 + phrase.length];
    if (example) return { letter: example.charAt(0).toUpperCase(), at: at + 1 + phrase.length };
  }
  return undefined;
}

const wordsAsSaid = (transcript: string): string[] =>
  transcript
    .slice(0, 400)
    .split(/[\s,;:-]+/)
    .flatMap((word) => wordsOf(word))
    .join(' ')
    .replace(/\bdouble (v|ve|vee|u|you)\b/g, 'w')
    .replace(/\bi grec(que)?\b/g, 'y')
    // “de” is a letter in “de e l o r m e”, and none here.
    .replace(/\bnom de famille\b/g, '')
    .split(' ')
    .filter((word) => word !== '' && !spellingWords.noise.has(word));

/**
 * The likeliest names by these letters: among the names near them, and common names. A common name is likely enough to
 * be worth several misheard letters, more than a search for near names can reach in time.
 */
function likeliestNames({ vocabulary }: Roster, letters: string): number[] {
  const { spellings, lastNames, texts } = vocabulary;
  const found = new Set<number>();
  const most = Math.min(mostWrong * letters.length, mostWrongAtAll);
  nearestWords(spellings, letters, letterCosts, most, mostNear, { left: mostWork }, (word) => found.add(word));
  lastNames.forEach((bearers, word) => void (bearers >= commonFrom && found.add(word)));

  const words = [...found].filter((word) => (lastNames[word] ?? 0) > 0);
  const likely = newRanking(mostLikely);
  distancesOf(words, texts, letters, letterCosts).forEach((cost, at) => {
    const word = words[at] ?? 0;
    insertRanked(likely, word, cost + rarity(vocabulary, word), spelling);
  });
  return likely.slots;
}

/** The cost of a rare name; negative for a common one. */
const rarity = ({ lastNames }: Vocabulary, word: number): number =>
  -commonWorth * Math.log2(Math.max(1, lastNames[word] ?? 0));

/** The number of parts of the last name that the word leaves out; undefined: it is no last name of this person. */
function untoldOf(roster: Roster, slot: number, word: number): number | undefined {
  const start = roster.starts[slot] ?? 0;
  const end = start + (roster.counts[slot] ?? 0) * 2;
  let all = 0;
  let told: number | undefined;
  for (let own = start; own < end; own += 2) {
    const packed = roster.owned[own] ?? 0;
    const of = packed & 7;
    const parts = roster.owned[own + 1] ?? 0;
    if (of === nameField.last) all |= parts;
    if (packed >>> 3 === word && (of === nameField.last || of === nameField.alias)) told = Math.max(told ?? 0, parts);
  }
  if (told === undefined) return undefined;
  let untold = 0;
  for (let rest = all & ~told; rest !== 0; rest &= rest - 1) untold += 1;
  return untold;
}
