import type { Costs } from './costs.js';
import { letterBit, longestWord, type Trie } from './trie.js';

const width = longestWord + 1;
/** A row for each letter of the word reached so far: what its beginning costs against each beginning of `asked`. */
const rows = new Int32Array(width * width);
/** By depth: the node to visit next, and the letter above it. */
const next = new Int32Array(width);
const letterAt = new Int32Array(width);
/** By place in `asked`: the letter, those that can stand for it, and what these cost, and all others (costs.ts). */
const wanted = new Int32Array(width);
const itself = new Int32Array(width);
const standIns = new Int32Array(width);
const standInCost = new Int32Array(width);
const otherwise = new Int32Array(width);

/**
 * Gives each word that `asked` can become for at most `most` (hundredths of a wrong letter), with its cost: letters
 * left out, added, changed, or two of them swapped. The walk shares the work of common beginnings and leaves a branch
 * as soon as its letters cannot do. `give` returns what is the most from then on, and must not walk itself.
 */
export function nearWords(
  trie: Trie,
  asked: string,
  costs: Costs,
  most: number,
  give: (entry: number, cost: number) => number,
): void {
  const { letters, firstChild, nextSibling, entries, below } = trie;
  const length = prepare(asked, costs);
  let limit = most;
  let depth = 0;
  next[0] = firstChild[0] ?? 0;

  while (depth >= 0) {
    const node = next[depth] ?? 0;
    if (node === 0) {
      depth -= 1;
      continue;
    }
    next[depth] = nextSibling[node] ?? 0;

    const code = letters[node] ?? 0;
    if (fillRow(costs, depth + 1, length, code, letterAt[depth] ?? 0) > limit) continue;
    const row = (depth + 1) * width;
    const cost = rows[row + length] ?? 0;
    const entry = entries[node] ?? -1;
    if (entry !== -1 && cost <= limit) limit = give(entry, cost);
    const child = firstChild[node] ?? 0;
    if (child === 0 || depth + 2 > longestWord || !canDo(below[node] ?? 0, row, length, limit)) continue;
    depth += 1;
    next[depth] = child;
    letterAt[depth] = code;
  }
}

/** How many words were found at each cost, for `nearestWords`. */
const counts = new Int32Array(1024);
const firstReach = 60;

/**
 * The same for the `enough` nearest words only (and those that cost as much as the last of them): reaches further and
 * further until there are enough, for each step further costs a multiple of the one before.
 */
export function nearestWords(
  trie: Trie,
  asked: string,
  costs: Costs,
  most: number,
  enough: number,
  give: (entry: number, cost: number) => void,
): void {
  for (let reach = Math.min(firstReach, most); ; reach = Math.min(Math.ceil(reach * 1.6), most)) {
    counts.fill(0, 0, reach + 1);
    let limit = reach;
    let within = 0;
    nearWords(trie, asked, costs, reach, (entry, cost) => {
      give(entry, cost);
      counts[cost] = (counts[cost] ?? 0) + 1;
      within += 1;
      while (within - (counts[limit] ?? 0) >= enough) {
        within -= counts[limit] ?? 0;
        limit -= 1;
      }
      return limit;
    });
    if (within >= enough || reach >= most) return;
  }
}

/** What it costs to make `found` of `asked`, or `most` where it is more. */
export function distance(asked: string, found: string, costs: Costs, most: number): number {
  const length = prepare(asked, costs);
  const last = Math.min(found.length, longestWord - 1);
  let before = 0;
  for (let depth = 1; depth <= last; depth += 1) {
    const code = found.charCodeAt(depth - 1);
    if (fillRow(costs, depth, length, code, before) >= most) return most;
    before = code;
  }
  return Math.min(most, rows[last * width + length] ?? 0);
}

/** Lays out `asked` from place 1 on, and the first row; its length. */
function prepare(asked: string, costs: Costs): number {
  const { extra, doubled } = costs;
  const length = Math.min(asked.length, longestWord - 1);
  rows[0] = 0;
  letterAt[0] = 0;
  wanted[0] = 0;
  for (let at = 1; at <= length; at += 1) {
    const code = asked.charCodeAt(at - 1);
    const plain = code < 128 ? code : 0;
    const again = code === wanted[at - 1];
    wanted[at] = code;
    rows[at] = (rows[at - 1] ?? 0) + (again ? doubled : (extra[plain] ?? 0));
    itself[at] = letterBit(code);
    standIns[at] = costs.standIns[plain] ?? 0;
    standInCost[at] = again ? Math.min(doubled, costs.standInCost[plain] ?? 0) : (costs.standInCost[plain] ?? 0);
    otherwise[at] = again ? Math.min(doubled, costs.otherwise[plain] ?? 0) : (costs.otherwise[plain] ?? 0);
  }
  return length;
}

/** Fills the row of the word's `depth`-th letter, `code`, which follows `before`; returns the least in it. */
function fillRow(costs: Costs, depth: number, length: number, code: number, before: number): number {
  const { change, extra, missing, doubled, swapped } = costs;
  const row = depth * width;
  const above = row - width;
  const letter = code < 128 ? code : 0;
  const left = code === before ? doubled : (missing[letter] ?? 0);
  let diagonal = rows[above] ?? 0;
  let cell = diagonal + left;
  let least = cell;
  let previous = 0;
  rows[row] = cell;
  for (let at = 1; at <= length; at += 1) {
    const want = wanted[at] ?? 0;
    const plain = want < 128 ? want : 0;
    const added = cell + (want === previous ? doubled : (extra[plain] ?? 0));
    const up = rows[above + at] ?? 0;
    cell = diagonal + (want === code ? 0 : (change[(plain << 7) | letter] ?? 0));
    diagonal = up;
    if (added < cell) cell = added;
    if (up + left < cell) cell = up + left;
    if (want === before && previous === code && depth > 1 && want !== code) {
      const turned = (rows[above - width + at - 2] ?? 0) + swapped;
      if (turned < cell) cell = turned;
    }
    previous = want;
    rows[row + at] = cell;
    if (cell < least) least = cell;
  }
  return least;
}

/** Whether the letters below a node can make up what is still wanted, from any beginning reached in `row`. */
function canDo(below: number, row: number, length: number, limit: number): boolean {
  let lacking = 0;
  for (let at = length; at >= 0; at -= 1) {
    if ((rows[row + at] ?? 0) + lacking <= limit) return true;
    if (((itself[at] ?? 0) & below) === 0) {
      lacking += (((standIns[at] ?? 0) & below) === 0 ? otherwise[at] : standInCost[at]) ?? 0;
    }
    if (lacking > limit) return false;
  }
  return false;
}
