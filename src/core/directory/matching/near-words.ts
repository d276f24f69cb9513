import type { Costs } from './costs.js';
import { letterBit, longestWord, type Trie } from './trie.js';

const width = longestWord + 1;
/** A row for each letter of the word reached so far: what its beginning costs against each beginning of `asked`. */
const rows = new Int32Array(width * width);
/** By depth: the node to visit next, and the letter above it. */
const next = new Int32Array(width);
const letterAt = new Int32Array(width);
/** By place in `asked`: the letter, the letters that can stand for it cheaply, what it costs where there are none. */
const wanted = new Int32Array(width);
const standIns = new Int32Array(width);
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
  const { change, extra, missing, doubled, swapped } = costs;
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

    const above = depth * width;
    const row = above + width;
    const code = letters[node] ?? 0;
    const letter = code < 128 ? code : 0;
    const before = letterAt[depth] ?? 0;
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
      if (want === before && previous === code && at > 1 && want !== code) {
        const turned = (rows[above - width + at - 2] ?? 0) + swapped;
        if (turned < cell) cell = turned;
      }
      previous = want;
      rows[row + at] = cell;
      if (cell < least) least = cell;
    }
    if (least > limit) continue;
    const entry = entries[node] ?? -1;
    if (entry !== -1 && cell <= limit) limit = give(entry, cell);
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

/** What it costs to make `found` of `asked`. */
export function distance(asked: string, found: string, costs: Costs): number {
  const { change, extra, missing, doubled, swapped } = costs;
  const length = prepare(asked, costs);
  const last = Math.min(found.length, longestWord - 1);
  for (let depth = 1; depth <= last; depth += 1) {
    const row = depth * width;
    const above = row - width;
    const code = found.charCodeAt(depth - 1);
    const before = depth > 1 ? found.charCodeAt(depth - 2) : 0;
    const letter = code < 128 ? code : 0;
    const left = code === before ? doubled : (missing[letter] ?? 0);
    rows[row] = (rows[above] ?? 0) + left;
    for (let at = 1; at <= length; at += 1) {
      const want = wanted[at] ?? 0;
      const previous = wanted[at - 1] ?? 0;
      const plain = want < 128 ? want : 0;
      let cell = (rows[above + at - 1] ?? 0) + (want === code ? 0 : (change[(plain << 7) | letter] ?? 0));
      cell = Math.min(cell, (rows[row + at - 1] ?? 0) + (want === previous ? doubled : (extra[plain] ?? 0)));
      cell = Math.min(cell, (rows[above + at] ?? 0) + left);
      if (depth > 1 && at > 1 && want === before && previous === code && want !== code) {
        cell = Math.min(cell, (rows[above - width + at - 2] ?? 0) + swapped);
      }
      rows[row + at] = cell;
    }
  }
  return rows[last * width + length] ?? 0;
}

/** Whether the letters below a node can make up what is still wanted, from any beginning reached in `row`. */
function canDo(below: number, row: number, length: number, limit: number): boolean {
  let lacking = 0;
  for (let at = length; at >= 0; at -= 1) {
    if ((rows[row + at] ?? 0) + lacking <= limit) return true;
    if (((standIns[at] ?? 0) & below) === 0) lacking += otherwise[at] ?? 0;
    if (lacking > limit) return false;
  }
  return false;
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
    standIns[at] = plain === 0 ? letterBit(code) : (costs.standIns[plain] ?? 0);
    otherwise[at] = again ? Math.min(costs.doubled, costs.otherwise[plain] ?? 0) : (costs.otherwise[plain] ?? 0);
  }
  return length;
}
