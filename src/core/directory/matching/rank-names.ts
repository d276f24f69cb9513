import { entryCost, insertRanked, type Ranking, reasonNumber } from './ranking.js';
import { nameField, type Roster } from './roster.js';
import { candidateCost, candidateWord, type WordCandidates } from './word-candidates.js';

/** The words of a query, each with its candidates. A single letter is an initial. */
export interface NameQuery {
  readonly words: readonly string[];
  readonly guesses: readonly WordCandidates[];
  /** Added to the cost of everybody found this way. */
  readonly handicap: number;
  /** The number of words that may be left unfound. */
  readonly mayMiss: number;
  /** How near a person is to the requester, from 0 to 1: orders homonyms. */
  readonly near?: ((id: string) => number) | undefined;
}

/** The most people times words that are considered: “ma ma ma ma” may mean a tenth of a company. */
const mostConsidered = 60_000;
const initialCost = 12;
const otherInitialCost = 22;
const missCost = 200;
const untoldCost = 3;
const unshownCost = 2;
const orderCost = 12;
const aliasCost = 4;
const phoneticCost = 15;
const firstOnlyCost = 4;
/**
 * Less than any difference between two fits: frequent contacts come first among people who fit equally well, and no
 * others.
 */
const nearWeight = 0.9;

const exact = reasonNumber('exact');
const alias = reasonNumber('alias');
const initials = reasonNumber('initials');
const part = reasonNumber('part');

/**
 * Rank everybody who has candidates of the query's words. Only people with the rarest word are considered; if a word
 * may be missing, people with one of the two rarest.
 */
export function rankByName(roster: Roster, asked: NameQuery, ranking: Ranking): void {
  let left = mostConsidered;
  for (const guesses of rarestFirst(asked).slice(0, 1 + asked.mayMiss)) {
    for (let turn = 0; turn < guesses.count; turn += 1) {
      const packed = guesses.sorted[turn] ?? 0;
      if (candidateCost(packed) + asked.handicap - (asked.near ? nearWeight : 0) >= entryCost(ranking)) break;
      const people = roster.vocabulary.people[candidateWord(packed)] ?? [];
      left -= people.length * asked.words.length;
      if (left < 0) return;
      for (const slot of people) considerPerson(roster, slot, asked, ranking);
    }
  }
}

/** The candidates of the words, the rarest word first; initials only if there is nothing else. */
function rarestFirst({ words, guesses }: NameQuery): readonly WordCandidates[] {
  const long = guesses.filter((_, at) => (words[at] ?? '').length > 1);
  return (long.length > 0 ? long : guesses.slice(0, words.length)).sort((a, b) => a.people - b.people);
}

/**
 * The state of the search for one person; module variables rather than parameters, because this runs for thousands of
 * people a query.
 */
let people: Roster;
let wanted: NameQuery;
let start = 0;
let end = 0;
let bestCost = 0;
let bestReason = 0;

function considerPerson(roster: Roster, slot: number, asked: NameQuery, ranking: Ranking): void {
  people = roster;
  wanted = asked;
  start = roster.starts[slot] ?? 0;
  end = start + (roster.counts[slot] ?? 0) * 2;
  const nearness = asked.near ? asked.near(roster.ids[slot] ?? '') * nearWeight : 0;
  const limit = entryCost(ranking) - asked.handicap + nearness;
  bestCost = limit;
  assignWords(0, 0, 0, 0, 0, asked.mayMiss, roster.nameParts[slot] ?? 0, roster.shownParts[slot] ?? 0);
  if (bestCost < limit) insertRanked(ranking, slot, bestCost + asked.handicap - nearness, bestReason);
}

/**
 * Assign to each query word, from the `at`-th on, a word of the person's that is still free; keep the cheapest
 * assignment.
 * `said`: the parts of the name assigned so far; `worst` and `reason`: the most expensive of them, and why it fits.
 */
function assignWords(
  at: number,
  said: number,
  cost: number,
  worst: number,
  reason: number,
  mayMiss: number,
  nameParts: number,
  shownParts: number,
  previous = -1,
): void {
  if (cost >= bestCost) return;
  const text = wanted.words[at];
  if (text === undefined) {
    const total = cost + leftOut(said, nameParts, shownParts, previous);
    if (total >= bestCost) return;
    bestCost = total;
    bestReason = reason;
    return;
  }
  const guesses = wanted.guesses[at];
  const owned = people.owned;
  for (let own = start; own < end; own += 2) {
    const parts = owned[own + 1] ?? 0;
    if ((parts & said) !== 0) continue;
    const word = (owned[own] ?? 0) >>> 3;
    const of = (owned[own] ?? 0) & 7;
    let step: number;
    let why: number;
    if (text.length === 1) {
      const name = people.vocabulary.texts[word] ?? '';
      if (name.charCodeAt(0) !== text.charCodeAt(0) || (parts & (parts - 1)) !== 0) continue;
      step = name.length === 1 ? 0 : of === nameField.first ? initialCost : otherInitialCost;
      why = name.length === 1 ? 0 : initials;
    } else {
      const guessed = guesses?.costs[word] ?? 0;
      if (guessed === 0) continue;
      step = guessed - 1;
      why = guesses?.reasons[word] ?? 0;
    }
    if (of === nameField.alias) {
      step += aliasCost;
      if (why === exact) why = alias;
    } else if (of === nameField.phonetic) step += phoneticCost;
    else if (of === nameField.first && previous === nameField.last) step += orderCost;
    const dearer = step > worst;
    assignWords(
      at + 1,
      said | parts,
      cost + step,
      dearer ? step : worst,
      dearer ? why : reason,
      mayMiss,
      nameParts,
      shownParts,
      of,
    );
  }
  if (mayMiss > 0)
    assignWords(at + 1, said, cost + missCost, missCost, part, mayMiss - 1, nameParts, shownParts, previous);
}

/** The cost of parts of the name that the query leaves out. */
function leftOut(said: number, nameParts: number, shownParts: number, previous: number): number {
  const firstOnly = wanted.words.length === 1 && previous === nameField.first ? firstOnlyCost : 0;
  return bits(nameParts & ~said) * untoldCost + bits(shownParts & ~said) * unshownCost + firstOnly;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
