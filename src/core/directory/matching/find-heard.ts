import { nameWordsOf } from './carrier-words.js';
import { type Effort, nearestWords } from './near-words.js';
import { relativesOf } from './nicknames.js';
import { soundOf } from './phonetic-code.js';
import { rankBySound } from './rank-by-sound.js';
import { bar, newRanking, place, type Ranking, reasonNumber } from './ranking.js';
import { field, type Roster } from './roster.js';
import { soundCosts } from './sound-confusion.js';
import { wordOf } from './vocabulary.js';
import {
  add,
  clear,
  guessedCost,
  guessedWord,
  newWordCandidates,
  sort,
  type WordCandidates,
} from './word-candidates.js';

/** Transcripts and stretches of words beyond these are not searched for: time is bounded. */
const mostTranscripts = 6;
const mostWords = 6;
const mostStretches = 24;
const longestStretch = 3;
const mostWork = 50_000;
/** People who are compared with what was said from beginning to end. */
const mostCandidates = 400;
/** Names near a stretch of words that are looked at, and how far they may be. */
const mostNames = 50;
const furthest = 95;
const furthestPerSound = 16;

/** Each further transcript is a little less likely. */
const rankCost = 3;
const skippedBefore = 45;
const skippedAfter = 60;
const homophoneCost = 8;
const nicknameCost = 30;
const otherFieldCost = 12;
const untoldPartCost = 30;
/** A name that was heard nowhere; also the most that anything may differ. */
const unheardCost = 230;

const exact = reasonNumber('exact');
const alias = reasonNumber('alias');
const nickname = reasonNumber('nickname');
const soundsLike = reasonNumber('sounds like');
const part = reasonNumber('part');

const asFirst = newWordCandidates();
const asLast = newWordCandidates();

/**
 * People whom a spoken name may mean, from what a recogniser made of it; `transcripts` best first. Every stretch of
 * words in every transcript is compared by sound with all names, so that a first name heard right in one transcript and
 * a last name heard right in another still find their person, as do words split or joined wrongly. Whoever is found
 * that way is then weighed against the whole of every transcript.
 */
export function findHeard(
  roster: Roster,
  transcripts: readonly string[],
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const said = transcripts.map(nameWordsOf);
  clear(asFirst, roster.vocabulary);
  clear(asLast, roster.vocabulary);
  const effort = { left: mostWork };
  for (const stretch of stretchesOf(said.slice(0, mostTranscripts))) listen(roster, stretch, effort);
  sort(asFirst, roster.vocabulary);
  sort(asLast, roster.vocabulary);

  return rankBySound(roster, new Map([...whoMayBe(roster, asFirst), ...whoMayBe(roster, asLast)]), said, limit, near);
}

/** Those for whom this name speaks most, with the reason by slot: a common name must not crowd out a rare one. */
function whoMayBe(roster: Roster, heard: WordCandidates): ReadonlyMap<number, number> {
  const candidates = newRanking(mostCandidates);
  for (let turn = 0; turn < heard.count; turn += 1) {
    const packed = heard.sorted[turn] ?? 0;
    if (guessedCost(packed) >= bar(candidates)) break;
    for (const slot of roster.vocabulary.people[guessedWord(packed)] ?? []) weigh(roster, slot, candidates);
  }
  return new Map(candidates.slots.map((slot, at) => [slot, candidates.reasons[at] ?? 0]));
}

/** Words that may be a first or a last name by their sound, and how unlikely it is that they are. */
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
        } else if (stretches.size < mostStretches && Math.min(lastCost, firstCost) < furthest) {
          stretches.set(sound, { sound, texts: new Set([text]), firstCost, lastCost });
        }
      }
    }
  }
  return [...stretches.values()];
}

/** Adds the names that sound like a stretch of words. */
function listen({ vocabulary }: Roster, { sound, texts, firstCost, lastCost }: Stretch, effort: Effort): void {
  const take = (word: number, cost: number, reason: number) => {
    if (firstCost + cost < unheardCost) add(asFirst, word, firstCost + cost, reason);
    if (lastCost + cost < unheardCost) add(asLast, word, lastCost + cost, reason);
  };
  for (const text of texts) {
    take(wordOf(vocabulary, text), 0, exact);
    for (const relative of relativesOf(text)) take(wordOf(vocabulary, relative), nicknameCost, nickname);
  }
  const most = Math.min(furthest, furthestPerSound * sound.length);
  nearestWords(vocabulary.sounds, sound, soundCosts, most, mostNames, effort, (found, cost) => {
    for (const word of vocabulary.soundingAs[found] ?? []) take(word, cost + homophoneCost, soundsLike);
  });
}

/** What somebody's first and last name cost, as far as they were heard. */
function weigh(roster: Roster, slot: number, candidates: Ranking): void {
  const start = roster.starts[slot] ?? 0;
  const end = start + (roster.counts[slot] ?? 0) * 2;
  let lastParts = 0;
  for (let own = start; own < end; own += 2) {
    if (((roster.owned[own] ?? 0) & 7) === field.last) lastParts |= roster.owned[own + 1] ?? 0;
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
    if (of === field.first) lower(first, asFirst, word, bits(firstParts & ~parts) * untoldPartCost);
    else if (of === field.last) lower(last, asLast, word, bits(lastParts & ~parts) * untoldPartCost);
    else {
      lower(first, asFirst, word, otherFieldCost, of === field.alias ? alias : exact);
      if (of === field.phonetic) lower(last, asLast, word, otherFieldCost);
    }
  }
  place(candidates, slot, first.cost + last.cost, first.cost > last.cost ? first.reason : last.reason);
}

interface Cheapest {
  cost: number;
  reason: number;
}

/** Used again for everybody. */
const first: Cheapest = { cost: 0, reason: 0 };
const last: Cheapest = { cost: 0, reason: 0 };

/** `whole`: why somebody is found who has the very word. */
function lower(cheapest: Cheapest, heard: WordCandidates, word: number, more: number, whole = exact): void {
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
