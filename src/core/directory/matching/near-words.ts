import type { EditCosts } from './edit-costs.js';
import { letterBit, longestWord, type Trie } from './trie.js';

const width = longestWord + 1;
/**
 * A row for each letter of the word reached so far: the cost of its beginning against each beginning of `asked`. Only
 * the cells from `low` to `high` of a row count, because the others are over the limit.
 */
const rows = new Int32Array(width * width);
const low = new Int32Array(width);
const high = new Int32Array(width);
/** By depth: the node to visit next, and the letter above it. */
const next = new Int32Array(width);
const letterAt = new Int32Array(width);
/**
 * By place in `asked`: the letter, those that can stand in for it, and their costs, and all others (edit-costs.ts).
 */
const wanted = new Int32Array(width);
/** The letter's row in the table of changes, and the cost if the word has no such letter. */
const plain = new Int32Array(width);
const extraCost = new Int32Array(width);
const itself = new Int32Array(width);
const standIns = new Int32Array(width);
const standInCost = new Int32Array(width);
const otherwise = new Int32Array(width);
/** More than any limit. */
const beyond = 1 << 20;
/** The highest cost of a change. */
const halfASwap = 100;

/**
 * The number of letters of names that may still be visited. A search that has used it up ends with the names found so
 * far:
 * it counts work instead of time, so that the same query has the same result on a busy machine.
 */
export interface SearchBudget {
  left: number;
}

/**
 * Give each word that `asked` can become for at most `most` (hundredths of a wrong letter), with its cost: letters left
 * out, added, changed, or two of them swapped. The walk shares the work of common beginnings and prunes a branch as
 * soon as its letters are over the limit. `give` returns the limit from then on, and must not walk itself.
 */
export function nearWords(
  trie: Trie,
  asked: string,
  costs: EditCosts,
  most: number,
  give: (entry: number, cost: number) => number,
  effort: SearchBudget = { left: Number.POSITIVE_INFINITY },
): void {
  const { letters, firstChild, nextSibling, entries, below } = trie;
  const length = prepare(asked, costs, most);
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
    effort.left -= 1;
    if (effort.left < 0) return;

    const code = letters[node] ?? 0;
    if (fillRow(costs, depth + 1, length, code, letterAt[depth] ?? 0, limit) > limit) continue;
    const entry = entries[node] ?? -1;
    const cost = high[depth + 1] === length ? (rows[(depth + 1) * width + length] ?? 0) : limit + 1;
    if (entry !== -1 && cost <= limit) limit = give(entry, cost);
    const child = firstChild[node] ?? 0;
    if (child === 0 || depth + 2 > longestWord || !canDo(below[node] ?? 0, depth + 1, length, limit)) continue;
    depth += 1;
    next[depth] = child;
    letterAt[depth] = code;
  }
}

/** The number of words found at each cost, for `nearestWords`. */
const counts = new Int32Array(1024);
const leastReach = 60;
const firstShare = 0.45;

/**
 * The same for the `enough` nearest words only (and those with the same cost as the last of them): widens the limit
 * until there are enough, because each step further costs a multiple of the one before.
 */
export function nearestWords(
  trie: Trie,
  asked: string,
  costs: EditCosts,
  most: number,
  enough: number,
  effort: SearchBudget,
  give: (entry: number, cost: number) => void,
): void {
  const firstReach = Math.max(leastReach, Math.ceil(most * firstShare));
  for (let reach = most < firstReach * 1.5 ? most : firstReach; ; reach = Math.min(Math.ceil(reach * 1.6), most)) {
    counts.fill(0, 0, reach + 1);
    let limit = reach;
    let within = 0;
    nearWords(
      trie,
      asked,
      costs,
      reach,
      (entry, cost) => {
        give(entry, cost);
        counts[cost] = (counts[cost] ?? 0) + 1;
        within += 1;
        while (within - (counts[limit] ?? 0) >= enough) {
          within -= counts[limit] ?? 0;
          limit -= 1;
        }
        return limit;
      },
      effort,
    );
    if (within >= enough || reach >= most || effort.left <= 0) return;
  }
}

/** Lay out `asked` from place 1 on, and the first row; return its length. */
function prepare(asked: string, costs: EditCosts, limit: number): number {
  const { extra, doubled } = costs;
  const length = Math.min(asked.length, longestWord - 1);
  rows[0] = 0;
  letterAt[0] = 0;
  wanted[0] = 0;
  low[0] = 0;
  high[0] = 0;
  for (let at = 1; at <= length; at += 1) {
    const code = asked.charCodeAt(at - 1);
    const known = code < 128 ? code : 0;
    const again = code === wanted[at - 1];
    wanted[at] = code;
    plain[at] = known << 7;
    extraCost[at] = again ? doubled : (extra[known] ?? 0);
    rows[at] = (rows[at - 1] ?? 0) + (extraCost[at] ?? 0);
    if ((rows[at] ?? 0) <= limit && high[0] === at - 1) high[0] = at;
    itself[at] = letterBit(code);
    standIns[at] = costs.standIns[known] ?? 0;
    standInCost[at] = again ? Math.min(doubled, costs.standInCost[known] ?? 0) : (costs.standInCost[known] ?? 0);
    otherwise[at] = again ? Math.min(doubled, costs.otherwise[known] ?? 0) : (costs.otherwise[known] ?? 0);
  }
  rows[(high[0] ?? 0) + 1] = beyond;
  return length;
}

/** Fill the row of the word's `depth`-th letter, `code`, which follows `before`; return its lowest cost. */
function fillRow(costs: EditCosts, depth: number, length: number, code: number, before: number, limit: number): number {
  const { change, missing, doubled, swapped } = costs;
  const row = depth * width;
  const above = row - width;
  const letter = code < 128 ? code : 0;
  const left = code === before ? doubled : (missing[letter] ?? 0);
  const from = low[depth - 1] ?? 0;
  const to = Math.min(length, (high[depth - 1] ?? 0) + 1);
  // A swap costs less than the two changes that it resembles halfway.
  const room = limit + Math.max(0, halfASwap - swapped);
  let first = length + 1;
  let last = -1;
  let least = beyond;
  let diagonal = beyond;
  let cell = beyond;
  let at = from;
  for (; at <= to; at += 1) {
    const up = rows[above + at] ?? 0;
    const added = cell + (extraCost[at] ?? 0);
    cell = diagonal + (wanted[at] === code ? 0 : (change[(plain[at] ?? 0) | letter] ?? 0));
    diagonal = up;
    if (added < cell) cell = added;
    if (up + left < cell) cell = up + left;
    if (wanted[at] === before && depth > 1 && wanted[at - 1] === code && wanted[at] !== code) {
      const isKnown = at - 2 >= (low[depth - 2] ?? 0) && at - 2 <= (high[depth - 2] ?? 0);
      if (isKnown) cell = Math.min(cell, (rows[above - width + at - 2] ?? 0) + swapped);
    }
    rows[row + at] = cell;
    if (cell > room) continue;
    if (at < first) first = at;
    last = at;
    if (cell < least) least = cell;
  }
  // Further on only surplus letters remain.
  for (; last === at - 1 && at <= length; at += 1) {
    cell += extraCost[at] ?? 0;
    if (cell > room) break;
    rows[row + at] = cell;
    last = at;
  }
  rows[row + last + 1] = beyond;
  low[depth] = first;
  high[depth] = last;
  return least;
}

/** Whether the letters below a node can make up the rest of `asked`, from any beginning reached in its row. */
function canDo(below: number, depth: number, length: number, limit: number): boolean {
  const row = depth * width;
  const from = low[depth] ?? 0;
  const to = high[depth] ?? 0;
  let lacking = 0;
  for (let at = length; at >= from; at -= 1) {
    if (at <= to && (rows[row + at] ?? 0) + lacking <= limit) return true;
    if (((itself[at] ?? 0) & below) === 0) {
      lacking += (((standIns[at] ?? 0) & below) === 0 ? otherwise[at] : standInCost[at]) ?? 0;
      if (lacking > limit) return false;
    }
  }
  return false;
}
