import { letterNames } from './costs.js';
import { wordsOf } from './fold.js';
import { newRanking, place, type Ranking, reasonNumber } from './match.js';
import { nearestWords } from './near-words.js';
import { field, type Roster } from './roster.js';
import { letterOf, spellingWords } from './spelling-words.js';

type Near = ((id: string) => number) | undefined;

const mostTranscripts = 2;
const mostLetters = 24;
/** Each further transcript is a little less likely. */
const rankCost = 12;
const untoldPartCost = 25;
const nearWeight = 20;
/** Names worth weighing; and the share of letters that may be misheard. */
const mostNames = 40;
const mostWrong = 45;

const spelling = reasonNumber('spelling');

/**
 * People whose last name was spelled aloud, from what a recogniser made of the letters: rhyming letters are mistaken
 * for each other, breaths are heard as vowels, “b as in boy” is certain. Best first.
 */
export function findSpelled(roster: Roster, transcripts: readonly string[], limit: number, near: Near): Ranking {
  const costs = new Map<number, number>();
  transcripts.slice(0, mostTranscripts).forEach((transcript, rank) => {
    const letters = lettersOf(transcript);
    if (letters.length > 0) readLetters(roster, letters, rank * rankCost, costs);
  });

  const ranking = newRanking(limit);
  const names = [...costs].sort((a, b) => a[1] - b[1]).slice(0, mostNames);
  for (const [word, cost] of names) {
    for (const slot of roster.vocabulary.people[word] ?? []) {
      const untold = untoldOf(roster, slot, word);
      const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
      if (untold !== undefined) place(ranking, slot, cost + untold * untoldPartCost - nearness, spelling);
    }
  }
  return ranking;
}

/** The letters that were said; capitals where a word made them certain. “b as in boy, double t” → `Btt`. */
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

/** After the letter at `at`: “as in boy”, “like boy”, “comme Bernard”. The example's letter counts, not the heard one. */
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
    .replace(/\bdouble (v|vé|u)\b/gi, 'w')
    .replace(/\bi grec(que)?\b/gi, 'y')
    .split(/[\s,;:-]+/)
    .flatMap((word) => wordsOf(word))
    .filter((word) => !spellingWords.noise.has(word));

function readLetters({ vocabulary }: Roster, letters: string, handicap: number, costs: Map<number, number>): void {
  const most = Math.min(mostWrong * letters.length, 320);
  nearestWords(vocabulary.spellings, letters, letterNames, most, mostNames, (word, cost) => {
    const total = cost + handicap;
    if ((costs.get(word) ?? Number.POSITIVE_INFINITY) > total) costs.set(word, total);
  });
}

/** How many parts of the last name the word leaves out; undefined where it is no last name of theirs. */
function untoldOf(roster: Roster, slot: number, word: number): number | undefined {
  const start = roster.starts[slot] ?? 0;
  const end = start + (roster.counts[slot] ?? 0) * 2;
  let all = 0;
  let told: number | undefined;
  for (let own = start; own < end; own += 2) {
    const packed = roster.owned[own] ?? 0;
    const of = packed & 7;
    const parts = roster.owned[own + 1] ?? 0;
    if (of === field.last) all |= parts;
    if (packed >>> 3 === word && (of === field.last || of === field.alias)) told = Math.max(told ?? 0, parts);
  }
  if (told === undefined) return undefined;
  let untold = 0;
  for (let rest = all & ~told; rest !== 0; rest &= rest - 1) untold += 1;
  return untold;
}
