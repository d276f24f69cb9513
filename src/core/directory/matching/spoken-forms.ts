import { relativesOf } from './nicknames.js';
import { soundOf } from './phonetic-code.js';
import { nameField, type Roster } from './roster.js';

const englishCost = 1;
const otherTongueCost = 10;
const nicknameCost = 25;

/**
 * The spoken forms of people's names, each in two halves, because many people share a first or a last name: `fronts`
 * and `backs` are sounds; a form is a front with a back, its person (an index into the given list) and its cost.
 */
export interface SpokenForms {
  readonly fronts: Halves;
  readonly backs: Halves;
  readonly front: number[];
  readonly back: number[];
  readonly whose: number[];
  readonly cost: number[];
}

/** Sounds without duplicates, each with its number. */
type Halves = Map<string, number>;

/**
 * Return the spoken forms of these people: read as English and as French, with an alias for the first name, and with a
 * nickname that is in `spoken`.
 */
export function spokenFormsOf(roster: Roster, slots: readonly number[], spoken: ReadonlySet<string>): SpokenForms {
  const sayings: SpokenForms = { fronts: new Map(), backs: new Map(), front: [], back: [], whose: [], cost: [] };
  slots.forEach((slot, at) => void addSayings(sayings, roster, slot, at, spoken));
  return sayings;
}

function addSayings(
  sayings: SpokenForms,
  { vocabulary, owned, starts, counts }: Roster,
  slot: number,
  at: number,
  spoken: ReadonlySet<string>,
): void {
  const { texts, english, french } = vocabulary;
  let firstText = '';
  let first = '';
  let last = '';
  let firstInFrench = '';
  let lastInFrench = '';
  let phonetic = '';
  const others: string[] = [];
  const start = starts[slot] ?? 0;
  for (let own = start; own < start + (counts[slot] ?? 0) * 2; own += 2) {
    const parts = owned[own + 1] ?? 0;
    if ((parts & (parts - 1)) !== 0) continue; // Words joined for searching are also there one by one.
    const word = (owned[own] ?? 0) >>> 3;
    const of = (owned[own] ?? 0) & 7;
    if (of === nameField.first) {
      firstText += texts[word];
      first += english[word];
      firstInFrench += french[word];
    } else if (of === nameField.last) {
      last += english[word];
      lastInFrench += french[word];
    } else if (of === nameField.phonetic) phonetic += english[word];
    else if ((texts[word] ?? '').length > 1) others.push(english[word] ?? '');
  }
  for (const name of relativesOf(firstText)) if (spoken.has(name)) others.push(soundOf(name, 'en'));

  addHalf(sayings, at, first, last, englishCost);
  if (firstInFrench !== first || lastInFrench !== last)
    addHalf(sayings, at, firstInFrench, lastInFrench, otherTongueCost);
  if (phonetic !== '') addHalf(sayings, at, phonetic, '', englishCost);
  for (const other of others) addHalf(sayings, at, other, last, nicknameCost);
}

function addHalf(
  { fronts, backs, front, back, whose, cost }: SpokenForms,
  at: number,
  one: string,
  two: string,
  more: number,
) {
  front.push(numbered(fronts, one));
  back.push(numbered(backs, two));
  whose.push(at);
  cost.push(more);
}

function numbered(halves: Halves, sound: string): number {
  const known = halves.get(sound);
  if (known !== undefined) return known;
  halves.set(sound, halves.size);
  return halves.size - 1;
}
