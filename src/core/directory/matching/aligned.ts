import { hearing } from './costs.js';
import { newRanking, place, type Ranking } from './match.js';
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
  const ranking = newRanking(limit);
  candidates.slots.forEach((slot, at) => {
    const names = sayingsOf(roster, slot);
    let best = Number.POSITIVE_INFINITY;
    let sum = 0;
    let weights = 0;
    heard.forEach(({ text, sound }, rank) => {
      const cost = names.texts.includes(text) ? 0 : Math.min(hopeless, nearest(sound, names.sounds));
      const weight = 1 / (1 + rank * fading);
      best = Math.min(best, cost + rank * rankCost);
      sum += cost * weight;
      weights += weight;
    });
    const cost = bestShare * best + ((1 - bestShare) * sum) / weights;
    const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
    place(ranking, slot, cost - nearness, candidates.reasons[at] ?? 0);
  });
  return ranking;
}

interface Sayings {
  readonly texts: readonly string[];
  readonly sounds: readonly (readonly [sound: string, cost: number])[];
}

/** How somebody's name is written and said: read as English and as French, with an alias or nickname for the first name. */
function sayingsOf(roster: Roster, slot: number): Sayings {
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
  others.push(...relativesOf(names.first.join('')).map((name) => [name]));

  const whole = [...names.first, ...names.last];
  const sounds: (readonly [string, number])[] = [[soundOfAll(whole, 'en'), 1]];
  const french = soundOfAll(whole, 'fr');
  if (french !== sounds[0]?.[0]) sounds.push([french, otherTongueCost]);
  if (names.phonetic.length > 0) sounds.push([soundOfAll(names.phonetic, 'en'), 1]);
  for (const other of others) sounds.push([soundOfAll([...other, ...names.last], 'en'), nicknameCost]);
  return { texts: [whole.join(' '), [...names.last, ...names.first].join(' ')], sounds };
}

function nearest(sound: string, sayings: Sayings['sounds']): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [saying, cost] of sayings) {
    // A difference in length alone may already be too much.
    if (cost >= least) continue;
    least = Math.min(least, cost + distance(sound, saying, hearing));
  }
  return least;
}

const soundOfAll = (words: readonly string[], tongue: Tongue): string =>
  words.map((word) => soundOf(word, tongue)).join('');
