import { hearing } from './costs.js';
import { bar, newRanking, place, type Ranking } from './match.js';
import { distance } from './near-words.js';
import { relativesOf } from './nicknames.js';
import { field, type Roster } from './roster.js';
import { soundOf, type Tongue } from './sound.js';

/** A recogniser's further guesses count less and less. */
const fading = 0.15;
const rankCost = 3;
/** How much the best transcript counts beside the average of all. */
const bestShare = 0.5;
const otherTongueCost = 10;
const nicknameCost = 25;
const hopeless = 500;
const mostTranscripts = 10;
const mostSounds = 30;
/** Whoever is not among so many by the first few sounds is out. */
const mostWeighed = 80;
const firstSounds = 4;
const nearWeight = 30;

/**
 * Ranks people by how well their whole name, said aloud, fits the whole of what was heard: the best transcript and the
 * average of all, for what a recogniser keeps hearing is likelier than what it heard once.
 */
export function alignedBest(
  roster: Roster,
  candidates: Ranking,
  said: readonly (readonly string[])[],
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const heard = said.slice(0, mostTranscripts).map((words) => ({
    text: words.join(' '),
    sound: soundOfAll(words, 'en').slice(0, mostSounds),
  }));
  const spoken = new Set(heard.flatMap(({ text }) => text.split(' ')));
  const sayings = candidates.slots.map((slot) => sayingsOf(roster, slot, spoken));

  // Most can be told by the first sounds that were heard; only the rest are weighed against all.
  const likely = newRanking(mostWeighed);
  const sounds = [...new Set(heard.map(({ sound }) => sound))].slice(0, firstSounds);
  sayings.forEach((names, at) => {
    place(likely, at, Math.min(...sounds.map((sound) => nearest(sound, names, Math.min(hopeless, bar(likely))))), 0);
  });

  const ranking = newRanking(limit);
  for (const at of likely.slots) {
    const slot = candidates.slots[at];
    const names = sayings[at];
    if (slot === undefined || names === undefined) continue;
    const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
    place(ranking, slot, costOf(heard, names) - nearness, candidates.reasons[at] ?? 0);
  }
  return ranking;
}

interface Heard {
  readonly text: string;
  readonly sound: string;
}

function costOf(heard: readonly Heard[], names: Sayings): number {
  // Further transcripts often differ in spelling only.
  const bySound = new Map<string, number>();
  let best = Number.POSITIVE_INFINITY;
  let sum = 0;
  let weights = 0;
  for (const [rank, { text, sound }] of heard.entries()) {
    const distant = bySound.get(sound) ?? nearest(sound, names, hopeless);
    bySound.set(sound, distant);
    const cost = names.texts.includes(text) ? 0 : distant;
    const weight = 1 / (1 + rank * fading);
    best = Math.min(best, cost + rank * rankCost);
    sum += cost * weight;
    weights += weight;
  }
  return bestShare * best + ((1 - bestShare) * sum) / weights;
}

interface Sayings {
  readonly texts: readonly string[];
  readonly sounds: readonly (readonly [sound: string, cost: number])[];
}

/**
 * How somebody's name is written and said: read as English and as French, with an alias for the first name, and with
 * a nickname if that was `spoken`.
 */
function sayingsOf(roster: Roster, slot: number, spoken: ReadonlySet<string>): Sayings {
  const names: Record<'first' | 'last' | 'phonetic', string[]> = { first: [], last: [], phonetic: [] };
  const others: string[][] = [];
  const start = roster.starts[slot] ?? 0;
  for (let own = start; own < start + (roster.counts[slot] ?? 0) * 2; own += 2) {
    const parts = roster.owned[own + 1] ?? 0;
    if ((parts & (parts - 1)) !== 0) continue; // Words joined for searching are there one by one too.
    const packed = roster.owned[own] ?? 0;
    const text = roster.vocabulary.texts[packed >>> 3] ?? '';
    if ((packed & 7) === field.first) names.first.push(text);
    else if ((packed & 7) === field.last) names.last.push(text);
    else if ((packed & 7) === field.phonetic) names.phonetic.push(text);
    else if (text.length > 1) others.push([text]);
  }
  for (const name of relativesOf(names.first.join(''))) if (spoken.has(name)) others.push([name]);

  const whole = [...names.first, ...names.last];
  const sounds: (readonly [string, number])[] = [[soundOfAll(whole, 'en'), 1]];
  const french = soundOfAll(whole, 'fr');
  if (french !== sounds[0]?.[0]) sounds.push([french, otherTongueCost]);
  if (names.phonetic.length > 0) sounds.push([soundOfAll(names.phonetic, 'en'), 1]);
  for (const other of others) sounds.push([soundOfAll([...other, ...names.last], 'en'), nicknameCost]);
  return { texts: [whole.join(' '), [...names.last, ...names.first].join(' ')], sounds };
}

/** What the saying nearest to a sound costs, or `most`. */
function nearest(sound: string, { sounds }: Sayings, most: number): number {
  let least = most;
  for (const [saying, cost] of sounds) {
    if (cost < least) least = cost + distance(sound, saying, hearing, least - cost);
  }
  return least;
}

const soundOfAll = (words: readonly string[], tongue: Tongue): string =>
  words.map((word) => soundOf(word, tongue)).join('');
