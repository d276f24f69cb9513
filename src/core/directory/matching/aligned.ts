import { hearing } from './hearing.js';
import { bar, newRanking, place, type Ranking } from './match.js';
import { distance } from './near-words.js';
import { relativesOf } from './nicknames.js';
import { field, type Roster } from './roster.js';
import { soundOf } from './sound.js';

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
  candidates: ReadonlyMap<number, number>,
  said: readonly (readonly string[])[],
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const heard = said.slice(0, mostTranscripts).map((words) => ({
    text: words.join(' '),
    sound: soundOfAll(words).slice(0, mostSounds),
  }));
  const spoken = new Set(heard.flatMap(({ text }) => text.split(' ')));
  const slots = [...candidates.keys()];
  const sayings = slots.map((slot) => sayingsOf(roster, slot, spoken));

  // Most can be told by the first sounds that were heard; only the rest are weighed against all.
  const likely = newRanking(mostWeighed);
  const sounds = [...new Set(heard.map(({ sound }) => sound))].slice(0, firstSounds);
  sayings.forEach((names, at) => {
    place(likely, at, Math.min(...sounds.map((sound) => nearest(sound, names, Math.min(hopeless, bar(likely))))), 0);
  });

  const ranking = newRanking(limit);
  for (const at of likely.slots) {
    const slot = slots[at];
    const names = sayings[at];
    if (slot === undefined || names === undefined) continue;
    const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
    place(ranking, slot, costOf(heard, names) - nearness, candidates.get(slot) ?? 0);
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
function sayingsOf({ vocabulary, owned, starts, counts }: Roster, slot: number, spoken: ReadonlySet<string>): Sayings {
  const { texts, english, french } = vocabulary;
  const first: Saying = { text: '', english: '', french: '' };
  const last: Saying = { text: '', english: '', french: '' };
  let phonetic = '';
  const others: string[] = [];
  const start = starts[slot] ?? 0;
  for (let own = start; own < start + (counts[slot] ?? 0) * 2; own += 2) {
    const parts = owned[own + 1] ?? 0;
    if ((parts & (parts - 1)) !== 0) continue; // Words joined for searching are there one by one too.
    const word = (owned[own] ?? 0) >>> 3;
    const of = (owned[own] ?? 0) & 7;
    if (of === field.first || of === field.last) {
      const name = of === field.first ? first : last;
      name.text += name.text === '' ? texts[word] : ` ${texts[word]}`;
      name.english += english[word];
      name.french += french[word];
    } else if (of === field.phonetic) phonetic += english[word];
    else if ((texts[word] ?? '').length > 1) others.push(english[word] ?? '');
  }
  for (const name of relativesOf(first.text.replaceAll(' ', ''))) {
    if (spoken.has(name)) others.push(soundOf(name, 'en'));
  }

  const sounds: (readonly [string, number])[] = [[first.english + last.english, 1]];
  if (first.french !== first.english || last.french !== last.english) {
    sounds.push([first.french + last.french, otherTongueCost]);
  }
  if (phonetic !== '') sounds.push([phonetic, 1]);
  for (const other of others) sounds.push([other + last.english, nicknameCost]);
  return { texts: [`${first.text} ${last.text}`, `${last.text} ${first.text}`], sounds };
}

/** A first or a last name, written and said. */
interface Saying {
  text: string;
  english: string;
  french: string;
}

/** What the saying nearest to a sound costs, or `most`. */
function nearest(sound: string, { sounds }: Sayings, most: number): number {
  let least = most;
  for (const [saying, cost] of sounds) {
    if (cost < least) least = cost + distance(sound, saying, hearing, least - cost);
  }
  return least;
}

const soundOfAll = (words: readonly string[]): string => words.map((word) => soundOf(word, 'en')).join('');
