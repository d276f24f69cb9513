import { namePartDistances } from './name-part-distances.js';
import { soundOf } from './phonetic-code.js';
import { insertRanked, newRanking, type Ranking } from './ranking.js';
import { nameField, type Roster } from './roster.js';
import { soundCosts } from './sound-confusion.js';
import { type SpokenForms, spokenFormsOf } from './spoken-forms.js';

/** Each further transcript counts less. */
const laterTranscriptDiscount = 0.15;
const rankCost = 3;
/** The weight of the best transcript beside the average of all. */
const bestShare = 0.5;
/** The highest cost of a person by any transcript. */
const highestCost = 500;
const mostTranscripts = 10;
const mostSounds = 30;
/** The first few sounds rule most people out; only the others are compared with everything that was heard. */
const firstSounds = 4;
const mostWeighed = 200;
/** Hardly more than the spelling of a name: frequent contacts come first among people who sound alike. */
const nearWeight = 2;

/**
 * Rank people by how well their whole spoken name fits all of the transcripts: the best transcript and the average of
 * all, because a repeated result of the recogniser is likelier than one that occurs once.
 */
export function rankBySound(
  roster: Roster,
  candidates: ReadonlyMap<number, number>,
  said: readonly (readonly string[])[],
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const heard = said.slice(0, mostTranscripts).map((words) => ({
    text: words.join(' '),
    sound: soundOfAll(words).slice(0, mostSounds),
  }));
  const spoken = new Set(said.slice(0, mostTranscripts).flat());
  // Further transcripts often differ in spelling only.
  const sounds = [...new Set(heard.map(({ sound }) => sound))];
  const { slots, bySound } = soundDistances(roster, [...candidates.keys()], sounds, spoken);
  const heardAs = heard.map(({ text, sound }) => ({ text, distances: bySound.get(sound) ?? noDistances }));

  const ranking = newRanking(limit);
  for (const [at, slot] of slots.entries()) {
    const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
    const cost = costOf(heardAs, at, (text) => isWritten(roster, slot, text));
    insertRanked(ranking, slot, cost - nearness, candidates.get(slot) ?? 0);
  }
  return ranking;
}

/** The distances of people from each sound: everybody by the first few, and people near to one of those by all. */
function soundDistances(
  roster: Roster,
  everybody: readonly number[],
  sounds: readonly string[],
  spoken: ReadonlySet<string>,
) {
  const first = distancesOf(roster, everybody, sounds.slice(0, firstSounds), spoken);
  if (everybody.length <= mostWeighed || sounds.length <= firstSounds) {
    const rest = distancesOf(roster, everybody, sounds.slice(firstSounds), spoken);
    return { slots: everybody, bySound: new Map([...first, ...rest]) };
  }
  const nearest = newRanking(mostWeighed);
  for (let at = 0; at < everybody.length; at += 1) {
    let least = highestCost;
    for (const distances of first.values()) least = Math.min(least, distances[at] ?? highestCost);
    insertRanked(nearest, at, least, 0);
  }
  const slots = nearest.slots.map((at) => everybody[at] ?? -1);
  const kept = [...first].map(
    ([sound, distances]) => [sound, Int16Array.from(nearest.slots, (at) => distances[at] ?? highestCost)] as const,
  );
  const rest = distancesOf(roster, slots, sounds.slice(firstSounds), spoken);
  return { slots, bySound: new Map([...kept, ...rest]) };
}

function distancesOf(
  roster: Roster,
  slots: readonly number[],
  sounds: readonly string[],
  spoken: ReadonlySet<string>,
): ReadonlyMap<string, Int16Array> {
  if (sounds.length === 0) return new Map();
  const sayings = spokenFormsOf(roster, slots, spoken);
  return new Map(sounds.map((sound) => [sound, distancesTo(sound, sayings, slots.length)]));
}

interface Heard {
  readonly text: string;
  /** By person: the distance of their spoken forms from what was heard. */
  readonly distances: Int16Array;
}

function costOf(heard: readonly Heard[], at: number, isWritten: (text: string) => boolean): number {
  let best = Number.POSITIVE_INFINITY;
  let sum = 0;
  let weights = 0;
  for (const [rank, { text, distances }] of heard.entries()) {
    const distant = distances[at] ?? highestCost;
    const cost = distant <= 1 && isWritten(text) ? 0 : distant;
    const weight = 1 / (1 + rank * laterTranscriptDiscount);
    best = Math.min(best, cost + rank * rankCost);
    sum += cost * weight;
    weights += weight;
  }
  return bestShare * best + ((1 - bestShare) * sum) / weights;
}

const noDistances: Int16Array = new Int16Array(0);

/** Reused for every transcript. */
let frontRows: Int16Array = new Int16Array(0);
let backRows: Int16Array = new Int16Array(0);

/**
 * The distance of each person's nearest spoken form from a sound. Each first name is compared with every beginning of
 * the sound and each last name with every end of it, once; a whole name fits best at the cheapest cut.
 */
function distancesTo(
  sound: string,
  { fronts, backs, front, back, whose, cost }: SpokenForms,
  people: number,
): Int16Array {
  const width = sound.length + 1;
  const end = sound.length;
  frontRows = namePartDistances(fronts.keys(), fronts.size, sound, soundCosts, frontRows);
  backRows = namePartDistances(reversedHalves(backs.keys()), backs.size, reversedSound(sound), soundCosts, backRows);

  const distances = new Int16Array(people).fill(highestCost);
  for (let saying = 0; saying < whose.length; saying += 1) {
    const frontRow = (front[saying] ?? 0) * width;
    const backRow = (back[saying] ?? 0) * width + end;
    let least = highestCost;
    for (let cut = 0; cut <= end; cut += 1) {
      const both = (frontRows[frontRow + cut] ?? 0) + (backRows[backRow - cut] ?? 0);
      if (both < least) least = both;
    }
    least += cost[saying] ?? 0;
    const person = whose[saying] ?? 0;
    if (least < (distances[person] ?? 0)) distances[person] = least;
  }
  return distances;
}

function* reversedHalves(halves: Iterable<string>): Iterable<string> {
  for (const half of halves) yield reversedSound(half);
}

function reversedSound(text: string): string {
  let backwards = '';
  for (let at = text.length - 1; at >= 0; at -= 1) backwards += text[at];
  return backwards;
}

/** Whether a text is exactly a person's name, in either order. */
function isWritten({ vocabulary, owned, starts, counts }: Roster, slot: number, text: string): boolean {
  let first = '';
  let last = '';
  const start = starts[slot] ?? 0;
  for (let own = start; own < start + (counts[slot] ?? 0) * 2; own += 2) {
    const parts = owned[own + 1] ?? 0;
    if ((parts & (parts - 1)) !== 0) continue;
    const of = (owned[own] ?? 0) & 7;
    const word = vocabulary.texts[(owned[own] ?? 0) >>> 3] ?? '';
    if (of === nameField.first) first += first === '' ? word : ` ${word}`;
    else if (of === nameField.last) last += last === '' ? word : ` ${word}`;
  }
  return text === `${first} ${last}` || text === `${last} ${first}`;
}

const soundOfAll = (words: readonly string[]): string => words.map((word) => soundOf(word, 'en')).join('');
