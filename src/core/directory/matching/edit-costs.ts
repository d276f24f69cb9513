import { letterBit } from './trie.js';

/**
 * The costs of turning a written or heard word into another, in hundredths of a wrong letter. Tables are by character
 * code (below 128; codes beyond count as code 0).
 */
export interface EditCosts {
  /** [asked × 128 + found]: the cost of one letter for another. */
  readonly change: Uint8Array;
  /** A letter of the query that the word does not have. */
  readonly extra: Uint8Array;
  /** A letter of the word that the query does not have. */
  readonly missing: Uint8Array;
  /** A letter that is doubled wrongly, or single wrongly. */
  readonly doubled: number;
  /** Two adjacent letters in the wrong order. */
  readonly swapped: number;
  /**
   * By letter of the query: the letters that can replace it cheaply (as bits of trie.ts), and the lowest cost of one.
   */
  readonly standIns: Int32Array;
  readonly standInCost: Uint8Array;
  /** By letter of the query: the lowest cost if none of those is there. */
  readonly otherwise: Uint8Array;
}

/**
 * Typing errors: a neighbour on the keyboard (QWERTY or AZERTY), another vowel, a letter that sounds the same. There
 * are few ways to leave a letter out or to swap two, and many wrong letters: of errors that are equally frequent, the
 * first two explain a typed word better.
 */
export const typingCosts = costsOf({
  change: 100,
  extra: 88,
  missing: 62,
  doubled: 60,
  swapped: 66,
  cheap: 0,
  alike: [
    ...neighbours('azertyuiop qsdfghjklm wxcvbn', 88),
    ...neighbours('qwertyuiop asdfghjkl zxcvbnm', 80),
    ['aeiouy', 85],
    ['ck', 65],
    ['cs', 70],
    ['sz', 65],
    ['iy', 65],
    ['fv', 75],
    ['kq', 70],
    ['gj', 75],
    ['uw', 75],
  ],
});

interface CostOptions {
  readonly change: number;
  readonly extra: number;
  readonly missing: number;
  readonly doubled: number;
  readonly swapped: number;
  /** The highest cost of a stand-in. */
  readonly cheap: number;
  /** Letters that are confused with each other; later entries override earlier ones. */
  readonly alike: readonly (readonly [letters: string, cost: number])[];
}

function costsOf(usual: CostOptions): EditCosts {
  const change = new Uint8Array(128 * 128).fill(usual.change);
  const extra = new Uint8Array(128).fill(usual.extra);
  const missing = new Uint8Array(128).fill(usual.missing);
  for (const [letters, cost] of usual.alike) {
    for (const asked of codes(letters)) for (const found of codes(letters)) change[(asked << 7) | found] = cost;
  }
  return withStandIns({ change, extra, missing, doubled: usual.doubled, swapped: usual.swapped }, usual.cheap);
}

/** Add the bounds by which a search prunes a branch: the letters that stand in for another for at most `cheap`. */
export function withStandIns(
  costs: Omit<EditCosts, 'standIns' | 'standInCost' | 'otherwise'>,
  cheap: number,
): EditCosts {
  const standIns = new Int32Array(128);
  const standInCost = costs.extra.slice();
  const otherwise = costs.extra.slice();
  for (let asked = 0; asked < 128; asked += 1) {
    for (let found = 0; found < 128; found += 1) {
      const cost = costs.change[(asked << 7) | found] ?? 0;
      if (asked === found) continue;
      if (cost <= cheap) standIns[asked] = (standIns[asked] ?? 0) | letterBit(found);
      const least = cost <= cheap ? standInCost : otherwise;
      least[asked] = Math.min(least[asked] ?? 0, cost);
    }
  }
  return { ...costs, standIns, standInCost, otherwise };
}

/** Pairs of adjacent keys: beside each other, or above and below, each row half a key further right. */
function neighbours(keyboard: string, cost: number): (readonly [string, number])[] {
  const keys = keyboard.split(' ').flatMap((row, y) => [...row].map((letter, x) => ({ letter, x: x + y / 2, y })));
  return keys.flatMap((one) =>
    keys
      .filter(({ x, y }) => Math.abs(x - one.x) <= (y === one.y ? 1 : 0.5) && Math.abs(y - one.y) <= 1)
      .map(({ letter }) => [one.letter + letter, cost] as const),
  );
}

function codes(letters: string): number[] {
  return [...letters].map((letter) => letter.charCodeAt(0));
}
