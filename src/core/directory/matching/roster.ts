import { wordsOf } from './fold-text.js';
import { newVocabulary, type Vocabulary, wordOrNew } from './vocabulary.js';

/** A person to be found. Names as they are written; the other fields are optional. */
export interface NamedPerson {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly displayName?: string;
  readonly aliases?: readonly string[];
  /** How the name is said, written for a reader: “Shiv-awn Nee-leesh”. */
  readonly phoneticName?: string;
  readonly extension?: string;
  /** E.164. */
  readonly did?: string;
}

/** The name to which a word belongs. */
export const nameField = { first: 0, last: 1, display: 2, alias: 3, phonetic: 4 } as const;
type Field = (typeof nameField)[keyof typeof nameField];

/**
 * The people of an index, each in a slot; free slots are reused. A person's words lie in `owned` from `starts[slot]`,
 * two numbers a word: the word with its field, and the parts of the whole name that it covers.
 */
export interface Roster {
  readonly vocabulary: Vocabulary;
  readonly ids: (string | undefined)[];
  readonly slots: Map<string, number>;
  owned: Uint32Array;
  starts: Uint32Array;
  counts: Uint8Array;
  /** By slot: the parts of the first and last name, one bit each. */
  nameParts: Uint16Array;
  /** By slot: parts that only the display name has. */
  shownParts: Uint16Array;
  used: number;
  wasted: number;
  readonly free: number[];
}

/** Create an empty roster. */
export const newRoster = (): Roster => ({
  vocabulary: newVocabulary(),
  ids: [],
  slots: new Map(),
  owned: new Uint32Array(1024),
  starts: new Uint32Array(128),
  counts: new Uint8Array(128),
  nameParts: new Uint16Array(128),
  shownParts: new Uint16Array(128),
  used: 0,
  wasted: 0,
  free: [],
});

/** Add a person and return the slot. The roster must not contain the id yet. */
export function addToRoster(roster: Roster, person: NamedPerson): number {
  const slot = roster.free.pop() ?? roster.ids.length;
  roster.ids[slot] = person.id;
  roster.slots.set(person.id, slot);
  if (slot >= roster.starts.length) growSlots(roster);

  const called = callingsOf(person);
  if (roster.used + called.words.length * 2 > roster.owned.length) {
    roster.owned = grown(roster.owned, (roster.used + called.words.length * 2) * 1.5);
  }
  roster.starts[slot] = roster.used;
  roster.counts[slot] = called.words.length;
  roster.nameParts[slot] = called.nameParts;
  roster.shownParts[slot] = called.shownParts;
  for (const { text, field, parts } of called.words) {
    const word = wordOrNew(roster.vocabulary, text);
    roster.owned[roster.used] = word * 8 + field;
    roster.owned[roster.used + 1] = parts;
    roster.used += 2;
    const people = roster.vocabulary.people[word];
    if (people && people[people.length - 1] !== slot) people.push(slot);
    if (isLastName(field)) roster.vocabulary.lastNames[word] = (roster.vocabulary.lastNames[word] ?? 0) + 1;
  }
  return slot;
}

/** Remove a person; return the slot, or undefined for an unknown id. */
export function removeFromRoster(roster: Roster, id: string): number | undefined {
  const slot = roster.slots.get(id);
  if (slot === undefined) return undefined;
  const start = roster.starts[slot] ?? 0;
  const count = roster.counts[slot] ?? 0;
  for (let at = start; at < start + count * 2; at += 2) {
    const word = (roster.owned[at] ?? 0) >>> 3;
    if (isLastName((roster.owned[at] ?? 0) & 7)) {
      roster.vocabulary.lastNames[word] = (roster.vocabulary.lastNames[word] ?? 0) - 1;
    }
    const people = roster.vocabulary.people[word];
    const place = people?.indexOf(slot) ?? -1;
    if (place !== -1) people?.splice(place, 1);
  }
  roster.slots.delete(id);
  roster.ids[slot] = undefined;
  roster.counts[slot] = 0;
  roster.free.push(slot);
  roster.wasted += count * 2;
  if (roster.wasted > 4096 && roster.wasted * 2 > roster.used) compact(roster);
  return slot;
}

/** Whether the person may use the word as a last name; an alias may be one. */
const isLastName = (of: number): boolean => of === nameField.last || of === nameField.alias;

interface Calling {
  readonly text: string;
  readonly field: Field;
  readonly parts: number;
}

/** The most parts that a bit set can hold; the rest are ignored. */
const mostParts = 16;
const mostCallings = 100;

function callingsOf(person: NamedPerson): { words: readonly Calling[]; nameParts: number; shownParts: number } {
  const words: Calling[] = [];
  let bit = 0;
  const say = (text: string, of: Field): number => {
    const spoken = wordsOf(text).slice(0, mostParts - bit);
    const from = bit;
    bit += spoken.length;
    spoken.forEach((word, at) => void words.push({ text: word, field: of, parts: 1 << (from + at) }));
    // “van de Berg” is also written “vande Berg” and “vandeberg”.
    for (let first = 0; first < spoken.length; first += 1) {
      for (let last = first + 1; last < Math.min(spoken.length, first + 4); last += 1) {
        const parts = ((1 << (last - first + 1)) - 1) << (from + first);
        words.push({ text: spoken.slice(first, last + 1).join(''), field: of, parts });
      }
    }
    return ((1 << spoken.length) - 1) << from;
  };

  // Somebody’s only name is spelled and keyed like a last name, whichever of the two it stands in.
  const isOnly = wordsOf(person.lastName).length === 0;
  const nameParts =
    say(person.firstName, isOnly ? nameField.last : nameField.first) | say(person.lastName, nameField.last);
  const known = new Set(words.map(({ text }) => text));
  const { displayName = '' } = person;
  const isPlain = displayName === `${person.firstName} ${person.lastName}`;
  const shown = isPlain ? [] : wordsOf(displayName).filter((word) => !known.has(word));
  const shownParts = shown.length > 0 ? say(shown.join(' '), nameField.display) : 0;
  for (const alias of person.aliases ?? []) say(alias, nameField.alias);
  say(person.phoneticName ?? '', nameField.phonetic);
  return { words: words.slice(0, mostCallings), nameParts, shownParts };
}

function growSlots(roster: Roster): void {
  const room = roster.ids.length * 1.5;
  roster.starts = grown(roster.starts, room);
  roster.counts = grown(roster.counts, room);
  roster.nameParts = grown(roster.nameParts, room);
  roster.shownParts = grown(roster.shownParts, room);
}

/** Remove the words of people who were removed. */
function compact(roster: Roster): void {
  const owned = new Uint32Array(Math.ceil((roster.used - roster.wasted) * 1.25) + 64);
  let used = 0;
  for (const slot of roster.slots.values()) {
    const start = roster.starts[slot] ?? 0;
    const end = start + (roster.counts[slot] ?? 0) * 2;
    owned.set(roster.owned.subarray(start, end), used);
    roster.starts[slot] = used;
    used += end - start;
  }
  roster.owned = owned;
  roster.used = used;
  roster.wasted = 0;
}

function grown<Numbers extends Uint8Array | Uint16Array | Uint32Array>(numbers: Numbers, room: number): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(Math.ceil(room) + 64);
  larger.set(numbers);
  return larger;
}
