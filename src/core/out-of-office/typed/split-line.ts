import { withoutTrailing } from '../../text.js';

/** The parts of a line after `ooo`, before dates and names are looked up. */
export interface SplitLine {
  /** The text after an `@`: the longest reading first, since nothing marks the end of a name. */
  readonly name: readonly TypedName[];
  /** A phone number as it was typed. */
  readonly number: string | undefined;
  /** The rest: words about time. */
  readonly when: string;
}

/** A possible reading of a typed name. */
export interface TypedName {
  readonly name: string;
  /** The rest of the line if this is the name. */
  readonly when: string;
}

/** Split a number and an `@name` off a line: `tomorrow +1 416 555 0100`, `until Friday @bo tremblay`. */
export function splitLine(line: string): SplitLine {
  const number = withExtension(line, numberIn(line));
  const rest = number === undefined ? line : line.replace(number, ' ');
  const at = rest.search(/(?<![\p{L}\p{N}])@[\p{L}\p{N}]/u);
  if (at < 0) return { name: [], number, when: rest.trim() };

  const [before, after] = [rest.slice(0, at), rest.slice(at + 1)];
  const words = after.split(/\s+/).slice(0, mostWords);
  const name = words.map((_word, index) => {
    const count = words.length - index;
    const name = withoutTrailing(words.slice(0, count).join(' '), '.,;:');
    return { name, when: `${before} ${after.split(/\s+/).slice(count).join(' ')}`.trim() };
  });
  return { name, number, when: before.trim() };
}

/** The most words of a typed name. */
const mostWords = 4;

/**
 * A number stands alone, begins with `+` or has at least seven digits, and is no date; `911` and the like count too, so
 * that they are refused by name instead of being read as a time.
 */
function numberIn(line: string): string | undefined {
  const found = numbersIn(line)
    .map(withoutDates)
    .find((one) => one.replace(/\D/g, '').length >= 7);
  return found ?? /(?<![\p{L}\p{N}/:-])(911|112|999|988)(?= *$)/u.exec(line)?.[0];
}

/** With its extension, so that it is refused by name and not read as a time. */
function withExtension(line: string, number: string | undefined): string | undefined {
  if (number === undefined) return undefined;
  const behind = line.slice(line.indexOf(number) + number.length);
  return number + (marked.exec(behind)?.[0] ?? paused.exec(behind)?.[0] ?? '');
}
const marked = /^[\s,;]{0,3}(?:ext(?:ension)?[.=]?|poste|x|#) {0,2}\d{1,10}/i;
/** After pauses, as phones dial it: `,,5`. */
const paused = /^[,;]{1,5}\d{1,10}(?![\p{L}\p{N}:/-])/u;

/**
 * Stretches with the form of a number: from a `+`, a bracket or a digit to a digit, neither adjacent to a letter, a
 * slash or a colon. Linear: a line may be nothing but brackets.
 */
function numbersIn(line: string): readonly string[] {
  return [...line.matchAll(/[+\d(][\d\s().-]*/g)].flatMap(({ 0: stretch, index }) => {
    const first = [...stretch].findIndex(
      (one, at) => /[+\d(]/.test(one) && !/[\p{L}\p{N}/:-]$/u.test(line.slice(Math.max(0, index + at - 2), index + at)),
    );
    let end = stretch.length;
    while (
      end > 0 &&
      !(/\d/.test(stretch.charAt(end - 1)) && !/^[\p{L}\p{N}/:]/u.test(line.slice(index + end, index + end + 2)))
    )
      end -= 1;
    return first !== -1 && end - first >= 7 ? [stretch.slice(first, end)] : [];
  });
}

/** Digits without the dates at their beginning, and the dashes between: a span of dates is no number. */
function withoutDates(digits: string): string {
  let left = digits.trim();
  for (let found = date.exec(left); found; found = date.exec(left))
    left = left.slice(found[0].length).replace(/^[\s.-]{1,5}/, '');
  return left;
}

/**
 * A date at the beginning of digits, which is no part of a number: `2026-12-04`, `20261204`, `4.12.2026`, `24-28 2026`.
 */
const date =
  /^(?:\d{4}-\d{2}-\d{2}|(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|\d{1,2}[.-]\d{1,2}[.-]\d{2}(?:\d{2})?(?!\d)|\d{1,2} ?- ?\d{1,2},? \d{4}(?!\d))/;
