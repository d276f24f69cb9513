import { letterBit } from './trie.js';

/**
 * What it costs to make a word of what was written or heard, in hundredths of a wrong letter.
 * Tables are by character code (below 128; whatever is beyond counts as code 0).
 */
export interface Costs {
  /** [asked × 128 + found]: one letter for another. */
  readonly change: Uint8Array;
  /** A letter asked for that the word does not have. */
  readonly extra: Uint8Array;
  /** A letter of the word that was not asked for. */
  readonly missing: Uint8Array;
  /** A letter once too often, or once too seldom. */
  readonly doubled: number;
  /** Two neighbours in the wrong order. */
  readonly swapped: number;
  /** By letter asked: the letters that can stand for it cheaply (as bits of trie.ts), and the least that one costs. */
  readonly standIns: Int32Array;
  readonly standInCost: Uint8Array;
  /** By letter asked: the least it costs where none of those is there. */
  readonly otherwise: Uint8Array;
}

/** Fingers: a neighbour on the keyboard (QWERTY or AZERTY), another vowel, a letter that sounds the same. */
export const typing = costsOf({
  change: 100,
  extra: 95,
  missing: 95,
  doubled: 60,
  swapped: 75,
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

/**
 * Letters said aloud: those whose names rhyme are mistaken for each other, and a breath is often heard as a vowel.
 * A capital is a letter told for certain (“b as in boy”).
 */
export const letterNames = costsOf({
  change: 110,
  extra: 90,
  missing: 90,
  doubled: 60,
  swapped: 120,
  cheap: 40,
  alike: [
    ['aeiou', 75],
    ['bcdegptvz', 40],
    ['ajkh', 45],
    ['fsxmnl', 55],
    ['quw', 50],
    ['bdpv', 28],
    ['gtdz', 30],
    ['cz', 25],
    ['jka', 35],
    ['mn', 25],
    ['fsx', 28],
    ['iy', 35],
  ],
  extraOnly: [['aeio', 55]],
  certain: true,
});

interface Usual {
  readonly change: number;
  readonly extra: number;
  readonly missing: number;
  readonly doubled: number;
  readonly swapped: number;
  /** The most that a stand-in costs. */
  readonly cheap: number;
  /** Letters that pass for each other; what comes later counts more. */
  readonly alike: readonly (readonly [letters: string, cost: number])[];
  /** Letters that are easily added. */
  readonly extraOnly?: readonly (readonly [letters: string, cost: number])[];
  /** Capitals are the same letters, and hard to argue with. */
  readonly certain?: boolean;
}

function costsOf(usual: Usual): Costs {
  const change = new Uint8Array(128 * 128).fill(usual.change);
  const extra = new Uint8Array(128).fill(usual.extra);
  const missing = new Uint8Array(128).fill(usual.missing);
  for (const [letters, cost] of usual.alike) {
    for (const asked of codes(letters)) for (const found of codes(letters)) change[(asked << 7) | found] = cost;
  }
  for (const [letters, cost] of usual.extraOnly ?? []) {
    for (const code of codes(letters)) extra[code] = cost;
  }
  if (usual.certain) {
    for (const code of codes('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) {
      change.fill(160, code << 7, (code + 1) << 7);
      change[(code << 7) | (code + 32)] = 0;
      extra[code] = 120;
    }
  }
  return withStandIns({ change, extra, missing, doubled: usual.doubled, swapped: usual.swapped }, usual.cheap);
}

/** Adds what a search may take for granted below a branch: the letters that stand in for another for at most `cheap`. */
export function withStandIns(costs: Omit<Costs, 'standIns' | 'standInCost' | 'otherwise'>, cheap: number): Costs {
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

/** Pairs of keys that touch: beside each other, or above and below, each row half a key further right. */
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
