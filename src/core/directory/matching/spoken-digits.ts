import { wordsOf } from './fold-text.js';

/** More and longer readings of a number are ignored. */
const mostReadings = 48;
const mostDigits = 20;
const mostTries = 400;
const mostWords = 24;

/**
 * Return the digits that a typed or spoken number may mean, likeliest first: `ext. 5489`, “fifty-four eighty-nine”,
 * “double five oh one”, “cinquante-quatre quatre-vingt-neuf”, “two thousand and one”. Other words are skipped.
 */
export function readingsOf(said: string): readonly string[] {
  const spaced = plainDigits(said.slice(0, 300))
    .replace(/\(0\)/g, ' ')
    .replace(/(?<=\p{L})(?=\d)|[^\p{L}\p{M}\d]+/gu, ' ');
  const words = spaced
    .split(' ')
    .flatMap(wordsOf)
    .filter((word) => /^\d+$/.test(word) || lexicon.has(word))
    .slice(0, mostWords);
  const readings = new Set<string>();
  // “connect me to extension five”: here “to” is rather no two.
  const start = words.findIndex((word) => !soundalikes.has(word) && lexicon.get(word) !== 'and');
  if (start !== -1) addReadings(words.slice(start), 0, '', readings);
  addReadings(words, 0, '', readings);
  return [...readings];
}

/** Add the readings of the words from `at` on, after `digits`; `budget` bounds the number of attempts. */
function addReadings(
  words: readonly string[],
  at: number,
  digits: string,
  readings: Set<string>,
  budget = { left: mostTries },
) {
  budget.left -= 1;
  if (budget.left < 0 || readings.size >= mostReadings || digits.length > mostDigits) return;
  if (at >= words.length) {
    if (digits !== '') readings.add(digits);
    return;
  }
  for (const [more, taken] of stepsAt(words, at)) addReadings(words, at + taken, digits + more, readings, budget);
}

type Step = readonly [digits: string, taken: number];
type Value = readonly [value: number, taken: number];

/** The ways to read on from `at`: the digits, and the number of words. The longest number first. */
function stepsAt(words: readonly string[], at: number): readonly Step[] {
  const word = words[at] ?? '';
  if (/^\d+$/.test(word)) return [[word, 1]];
  const kind = lexicon.get(word);
  if (kind === 'double' || kind === 'triple') {
    const [repeated] = below100(words, at + 1);
    const digit = repeated && repeated[0] < 10 ? String(repeated[0]) : (words[at + 1] ?? '');
    return /^\d$/.test(digit) ? [[digit.repeat(kind === 'double' ? 2 : 3), 2]] : [['', 1]];
  }
  const values = [...thousands(words, at), ...hundreds(words, at), ...below100(words, at)];
  const steps = values.sort((a, b) => b[1] - a[1]).map(([value, taken]): Step => [String(value), taken]);
  return steps.length === 0 || soundalikes.has(word) ? [...steps, ['', 1]] : steps;
}

function thousands(words: readonly string[], at: number): readonly Value[] {
  return multiples(words, at, 'thousand', 1000, [...hundreds(words, at), ...below100(words, at), [1, 0]], (rest) => [
    ...hundreds(words, rest),
    ...below100(words, rest),
  ]);
}

function hundreds(words: readonly string[], at: number): readonly Value[] {
  return multiples(words, at, 'hundred', 100, [...below100(words, at), [1, 0]], (rest) => below100(words, rest));
}

/** “two thousand”, “two thousand (and) one”, “mille deux cents”. */
function multiples(
  words: readonly string[],
  at: number,
  name: 'hundred' | 'thousand',
  unit: number,
  counts: readonly Value[],
  restsAt: (at: number) => readonly Value[],
): readonly Value[] {
  return counts.flatMap(([count, taken]): readonly Value[] => {
    if (count === 0 || lexicon.get(words[at + taken] ?? '') !== name) return [];
    const end = taken + 1;
    const and = lexicon.get(words[at + end] ?? '') === 'and' ? 1 : 0;
    const rests = restsAt(at + end + and).filter(([value]) => value > 0);
    return [...rests.map(([rest, more]): Value => [count * unit + rest, end + and + more]), [count * unit, end]];
  });
}

/** “seven”, “seventeen”, “seventy-one”, “soixante et onze”, “quatre-vingt-dix-sept”; the longest first. */
function below100(words: readonly string[], at: number): readonly Value[] {
  const first = unitAt(words, at);
  if (first === undefined) return [];
  const isFourTwenty = first === 4 && /^vingts?$/.test(words[at + 1] ?? '');
  const tens = isFourTwenty ? 80 : first;
  const taken = isFourTwenty ? 2 : 1;
  const alone: Value[] = isFourTwenty
    ? [
        [80, 2],
        [4, 1],
      ]
    : [[first, 1]];
  if (tens < 10) return alone;

  const and = lexicon.get(words[at + taken] ?? '') === 'and' ? 1 : 0;
  const more = unitAt(words, at + taken + and);
  const mostMore = tens === 10 ? 9 : tens === 60 || tens === 80 ? 19 : 9;
  // “dix-sept” is seventeen, while “ten seven” are two numbers.
  const fits = more !== undefined && more > 0 && more <= mostMore && tens % 10 === 0;
  if (!fits || (tens === 10 && (words[at] !== 'dix' || more < 7))) return alone;
  const third = more === 10 ? unitAt(words, at + taken + and + 1) : undefined;
  const whole: Value = [tens + more, taken + and + 1];
  return third !== undefined && third >= 7 && third <= 9
    ? [[whole[0] + third, whole[1] + 1], whole, ...alone]
    : [whole, ...alone];
}

function unitAt(words: readonly string[], at: number): number | undefined {
  const value = lexicon.get(words[at] ?? '');
  return typeof value === 'number' ? value : undefined;
}

/** Words that may equally be no number. */
const soundalikes = new Set(['to', 'too', 'for', 'fore', 'won', 'ate', 'tree']);

const lexicon: ReadonlyMap<string, number | 'hundred' | 'thousand' | 'double' | 'triple' | 'and'> = new Map<
  string,
  number | 'hundred' | 'thousand' | 'double' | 'triple' | 'and'
>([
  ...units(0, 'zero oh o nought naught null'),
  ...units(1, 'one won un une'),
  ...units(2, 'two to too deux'),
  ...units(3, 'three tree trois'),
  ...units(4, 'four for fore quatre'),
  ...units(5, 'five fife cinq'),
  ...units(6, 'six'),
  ...units(7, 'seven sept'),
  ...units(8, 'eight ate huit'),
  ...units(9, 'nine niner neuf'),
  ...units(10, 'ten dix'),
  ...units(11, 'eleven onze'),
  ...units(12, 'twelve douze'),
  ...units(13, 'thirteen treize'),
  ...units(14, 'fourteen quatorze'),
  ...units(15, 'fifteen quinze'),
  ...units(16, 'sixteen seize'),
  ...units(17, 'seventeen'),
  ...units(18, 'eighteen'),
  ...units(19, 'nineteen'),
  ...units(20, 'twenty vingt vingts'),
  ...units(30, 'thirty trente'),
  ...units(40, 'forty fourty quarante'),
  ...units(50, 'fifty cinquante'),
  ...units(60, 'sixty soixante'),
  ...units(70, 'seventy septante'),
  ...units(80, 'eighty huitante octante'),
  ...units(90, 'ninety nonante'),
  ['hundred', 'hundred'],
  ['cent', 'hundred'],
  ['cents', 'hundred'],
  ['thousand', 'thousand'],
  ['mille', 'thousand'],
  ['double', 'double'],
  ['triple', 'triple'],
  ['and', 'and'],
  ['et', 'and'],
]);

function units(value: number, names: string): (readonly [string, number])[] {
  return names.split(' ').map((name) => [name, value] as const);
}

/** Arabic, Persian and Indian digits as ASCII digits. */
const plainDigits = (text: string): string =>
  text.normalize('NFKC').replace(/[٠-٩۰-۹०-९]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code < 0x6f0 ? 0x660 : code < 0x966 ? 0x6f0 : 0x966));
  });
