import { nameWordsOf } from './carrier-words.js';
import { nearestWords, type SearchBudget } from './near-words.js';
import { relativesOf } from './nicknames.js';
import { soundOf } from './phonetic-code.js';
import { rankBySound } from './rank-by-sound.js';
import { entryCost, insertRanked, newRanking, type Ranking, reasonNumber } from './ranking.js';
import { nameField, type Roster } from './roster.js';
import { soundCosts } from './sound-confusion.js';
import { wordOf } from './vocabulary.js';
import {
  addCandidate,
  candidateCost,
  candidateWord,
  clearCandidates,
  newWordCandidates,
  sortCandidates,
  type WordCandidates,
} from './word-candidates.js';

/** Transcripts and stretches of words beyond these are ignored, to bound the time. */
const mostTranscripts = 6;
const mostWords = 6;
const mostStretches = 24;
const longestStretch = 3;
const mostWork = 50_000;
/** The most people who are compared with whole transcripts. */
const mostCandidates = 400;
/** The most names near a stretch of words, and how far they may be. */
const mostNames = 50;
const largestDistance = 95;
const furthestPerSound = 16;

/** The cost of each further transcript, which is a little less likely. */
const rankCost = 3;
const skippedBefore = 45;
const skippedAfter = 60;
const homophoneCost = 8;
const nicknameCost = 30;
const otherFieldCost = 12;
const untoldPartCost = 30;
/** The cost of a name that was not heard; also the highest cost of any difference. */
const unheardCost = 230;

const exact = reasonNumber('exact');
const alias = reasonNumber('alias');
const nickname = reasonNumber('nickname');
const soundsLike = reasonNumber('sounds like');
const part = reasonNumber('part');

const asFirst = newWordCandidates();
const asLast = newWordCandidates();

/**
 * Return the people whom a spoken name may mean, from a recogniser's transcripts, best first. Every stretch of words in
 * every transcript is compared by sound with all names, so that a first name heard right in one transcript and a last
 * name heard right in another still find their person, as do words split or joined wrongly. The people found are then
 * weighed against the whole of every transcript.
 */
export function findHeard(
  roster: Roster,
  transcripts: readonly string[],
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const said = transcripts.map(nameWordsOf);
  clearCandidates(asFirst, roster.vocabulary);
  clearCandidates(asLast, roster.vocabulary);
  const effort = { left: mostWork };
  for (const stretch of stretchesOf(said.slice(0, mostTranscripts))) addNamesBySound(roster, stretch, effort);
  sortCandidates(asFirst, roster.vocabulary);
  sortCandidates(asLast, roster.vocabulary);

  return rankBySound(
    roster,
    new Map([...peopleByName(roster, asFirst), ...peopleByName(roster, asLast)]),
    said,
    limit,
    near,
  );
}

/**
 * The people with the best evidence by this name, with the reason by slot: a common name must not crowd out a rare one.
 */
function peopleByName(roster: Roster, heard: WordCandidates): ReadonlyMap<number, number> {
  const candidates = newRanking(mostCandidates);
  for (let turn = 0; turn < heard.count; turn += 1) {
    const packed = heard.sorted[turn] ?? 0;
    if (candidateCost(packed) >= entryCost(candidates)) break;
    for (const slot of roster.vocabulary.people[candidateWord(packed)] ?? []) rankPerson(roster, slot, candidates);
  }
  return new Map(candidates.slots.map((slot, at) => [slot, candidates.reasons[at] ?? 0]));
}

/** Words that may be a first or a last name by their sound, and how unlikely that is. */
interface Stretch {
  readonly sound: string;
  readonly texts: Set<string>;
  firstCost: number;
  lastCost: number;
}

function stretchesOf(said: readonly (readonly string[])[]): readonly Stretch[] {
  const stretches = new Map<string, Stretch>();
  for (const [rank, allWords] of said.entries()) {
    const words = allWords.slice(-mostWords);
    const alone = words.length === 1 ? 0 : unheardCost;
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= Math.min(words.length, from + longestStretch); to += 1) {
        const text = words.slice(from, to).join('');
        const sound = soundOf(text, 'en');
        const lastCost = rank * rankCost + (from === 0 ? alone : (words.length - to) * skippedAfter);
        const firstCost = rank * rankCost + (to === words.length ? alone : from * skippedBefore);
        const known = stretches.get(sound);
        if (known) {
          known.texts.add(text);
          known.firstCost = Math.min(known.firstCost, firstCost);
          known.lastCost = Math.min(known.lastCost, lastCost);
        } else if (stretches.size < mostStretches && Math.min(lastCost, firstCost) < largestDistance) {
          stretches.set(sound, { sound, texts: new Set([text]), firstCost, lastCost });
        }
      }
    }
  }
  return [...stretches.values()];
}

/** Add the names that sound like a stretch of words. */
function addNamesBySound(
  { vocabulary }: Roster,
  { sound, texts, firstCost, lastCost }: Stretch,
  effort: SearchBudget,
): void {
  const take = (word: number, cost: number, reason: number) => {
    if (firstCost + cost < unheardCost) addCandidate(asFirst, word, firstCost + cost, reason);
    if (lastCost + cost < unheardCost) addCandidate(asLast, word, lastCost + cost, reason);
  };
  for (const text of texts) {
    take(wordOf(vocabulary, text), 0, exact);
    for (const relative of relativesOf(text)) take(wordOf(vocabulary, relative), nicknameCost, nickname);
  }
  const most = Math.min(largestDistance, furthestPerSound * sound.length);
  nearestWords(vocabulary.sounds, sound, soundCosts, most, mostNames, effort, (found, cost) => {
    for (const word of vocabulary.soundingAs[found] ?? []) take(word, cost + homophoneCost, soundsLike);
  });
}

/** Rank a person by the costs of their first and last name, as far as they were heard. */
function rankPerson(roster: Roster, slot: number, candidates: Ranking): void {
  const start = roster.starts[slot] ?? 0;
  const end = start + (roster.counts[slot] ?? 0) * 2;
  let lastParts = 0;
  for (let own = start; own < end; own += 2) {
    if (((roster.owned[own] ?? 0) & 7) === nameField.last) lastParts |= roster.owned[own + 1] ?? 0;
  }
  const firstParts = (roster.nameParts[slot] ?? 0) & ~lastParts;

  first.cost = unheardCost;
  first.reason = part;
  last.cost = unheardCost;
  last.reason = part;
  for (let own = start; own < end; own += 2) {
    const word = (roster.owned[own] ?? 0) >>> 3;
    const of = (roster.owned[own] ?? 0) & 7;
    const parts = roster.owned[own + 1] ?? 0;
    if (of === nameField.first) lowerCost(first, asFirst, word, bits(firstParts & ~parts) * untoldPartCost);
    else if (of === nameField.last) lowerCost(last, asLast, word, bits(lastParts & ~parts) * untoldPartCost);
    else {
      lowerCost(first, asFirst, word, otherFieldCost, of === nameField.alias ? alias : exact);
      if (of === nameField.phonetic) lowerCost(last, asLast, word, otherFieldCost);
    }
  }
  insertRanked(candidates, slot, first.cost + last.cost, first.cost > last.cost ? first.reason : last.reason);
}

interface Cheapest {
  cost: number;
  reason: number;
}

/** Reused for every person. */
const first: Cheapest = { cost: 0, reason: 0 };
const last: Cheapest = { cost: 0, reason: 0 };

/** `whole`: the reason for a person who has the very word. */
function lowerCost(cheapest: Cheapest, heard: WordCandidates, word: number, more: number, whole = exact): void {
  const guessed = heard.costs[word] ?? 0;
  if (guessed === 0 || guessed - 1 + more >= cheapest.cost) return;
  cheapest.cost = guessed - 1 + more;
  const reason = heard.reasons[word] ?? exact;
  cheapest.reason = reason === exact ? whole : reason;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
