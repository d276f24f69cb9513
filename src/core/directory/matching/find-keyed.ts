import { insertRanked, newRanking, type Ranking, reasonNumber } from './ranking.js';
import { nameField, type Roster } from './roster.js';
import { eachBelow } from './trie.js';

const mostKeys = 24;
const fewestKeys = 2;
const wholeNameCost = 0;
const goesOnCost = 1;
const firstNameCost = 20;
/** Less than a key: orders people who fit equally well, and no others. */
const nearWeight = 0.9;

const keypad = reasonNumber('keypad');

/** Keys 2 to 9 by letter; 0: no key. */
const keyOf = new Uint8Array(128);
for (const [key, letters] of ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'].entries()) {
  for (const letter of letters) keyOf[letter.charCodeAt(0)] = key + 2;
}

/**
 * Return the people whose last or first name is spelled on a telephone's keys: the name or its beginning, or one name
 * followed by the other (`5646766` is Johnson, `7668656` Smith and J). Last names come first: callers are asked for
 * them.
 */
export function findKeyed(
  roster: Roster,
  keys: string,
  limit: number,
  near: ((id: string) => number) | undefined,
): Ranking {
  const ranking = newRanking(limit);
  const digits = keys.replace(/\D/g, '').slice(0, mostKeys);
  if (digits.length < fewestKeys || /[01]/.test(digits)) return ranking;
  const { spellings, people } = roster.vocabulary;

  const take = (word: number, cost: number, rest: string) => {
    for (const slot of people[word] ?? []) {
      const of = fieldOf(roster, slot, word);
      if (of === undefined || (rest !== '' && !hasOther(roster, slot, of, rest))) continue;
      const nearness = near ? near(roster.ids[slot] ?? '') * nearWeight : 0;
      insertRanked(ranking, slot, cost + (of === nameField.first ? firstNameCost : 0) - nearness, keypad);
    }
  };
  const walk = (node: number, at: number): void => {
    for (let child = spellings.firstChild[node] ?? 0; child !== 0; child = spellings.nextSibling[child] ?? 0) {
      const letter = spellings.letters[child] ?? 0;
      if (letter > 127 || keyOf[letter] !== digits.charCodeAt(at) - 48) continue;
      if (at + 1 === digits.length) {
        eachBelow(spellings, child, (word, further) => take(word, Math.min(further, 12) * goesOnCost, ''));
        continue;
      }
      const word = spellings.entries[child] ?? -1;
      if (word !== -1) take(word, wholeNameCost, digits.slice(at + 1));
      walk(child, at + 1);
    }
  };
  walk(0, 0);
  return ranking;
}

/** Whether the word is the person's last or first name; the last if both. */
function fieldOf(roster: Roster, slot: number, word: number): number | undefined {
  let found: number | undefined;
  const start = roster.starts[slot] ?? 0;
  for (let own = start; own < start + (roster.counts[slot] ?? 0) * 2; own += 2) {
    const packed = roster.owned[own] ?? 0;
    if (packed >>> 3 === word && (packed & 7) <= nameField.last) found = Math.max(found ?? 0, packed & 7);
  }
  return found;
}

/** Whether the person's other name begins with these keys. */
function hasOther(roster: Roster, slot: number, of: number, keys: string): boolean {
  const start = roster.starts[slot] ?? 0;
  for (let own = start; own < start + (roster.counts[slot] ?? 0) * 2; own += 2) {
    const packed = roster.owned[own] ?? 0;
    const isOther = (packed & 7) <= nameField.last && (packed & 7) !== of;
    if (isOther && begins(roster.vocabulary.texts[packed >>> 3] ?? '', keys)) return true;
  }
  return false;
}

function begins(name: string, keys: string): boolean {
  if (name.length < keys.length) return false;
  for (let at = 0; at < keys.length; at += 1) {
    const letter = name.charCodeAt(at);
    if (letter > 127 || keyOf[letter] !== keys.charCodeAt(at) - 48) return false;
  }
  return true;
}
