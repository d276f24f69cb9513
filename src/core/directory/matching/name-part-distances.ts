import type { EditCosts } from './edit-costs.js';

/** By place in the sound: its sign, and the cost if the name has no such sign. */
let signs = new Int32Array(64);
let added = new Int32Array(64);

/**
 * Return a row for each part of a name, one after the other: the cost of the part against each beginning of a sound,
 * the empty one first. `rows` is reused if it is large enough.
 */
export function namePartDistances(
  halves: Iterable<string>,
  count: number,
  sound: string,
  costs: EditCosts,
  rows: Int16Array,
): Int16Array {
  const width = sound.length + 1;
  const filled = rows.length < count * width ? new Int16Array(count * width * 2) : rows;
  prepare(sound, costs);
  let row = 0;
  for (const half of halves) {
    fillRow(filled, row, sound.length, half, costs);
    row += width;
  }
  return filled;
}

function prepare(sound: string, { extra, doubled }: EditCosts): void {
  if (sound.length >= signs.length) {
    signs = new Int32Array(sound.length + 64);
    added = new Int32Array(sound.length + 64);
  }
  signs[0] = -1;
  for (let at = 1; at <= sound.length; at += 1) {
    const sign = sound.charCodeAt(at - 1);
    signs[at] = sign;
    added[at] = sign === signs[at - 1] ? doubled : (extra[known(sign)] ?? 0);
  }
}

/** Compare sign by sign; the row holds the costs of the signs so far, and at the end those of all. */
function fillRow(rows: Int16Array, row: number, length: number, half: string, costs: EditCosts): void {
  const { change, missing, doubled } = costs;
  rows[row] = 0;
  for (let at = 1; at <= length; at += 1) rows[row + at] = (rows[row + at - 1] ?? 0) + (added[at] ?? 0);
  let before = -1;
  for (let place = 0; place < half.length; place += 1) {
    const sign = half.charCodeAt(place);
    const column = known(sign);
    const left = sign === before ? doubled : (missing[column] ?? 0);
    before = sign;
    let diagonal: number = rows[row] ?? 0;
    let cell: number = diagonal + left;
    rows[row] = cell;
    for (let at = 1; at <= length; at += 1) {
      const heard = signs[at] ?? 0;
      const up = rows[row + at] ?? 0;
      const more = cell + (added[at] ?? 0);
      cell = diagonal + (heard === sign ? 0 : (change[(known(heard) << 7) | column] ?? 0));
      diagonal = up;
      if (more < cell) cell = more;
      if (up + left < cell) cell = up + left;
      rows[row + at] = cell;
    }
  }
}

/** Signs beyond the table count as one that is unlike any other. */
const known = (sign: number): number => (sign < 128 ? sign : 0);
