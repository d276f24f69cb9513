import { openHour } from './clock-times.js';
import { pointIn } from './named-days.js';
import type { Begin, End, Length, Phrase, Point } from './phrase.types.js';
import { type Grammar, pointsOn } from './points.js';
import { type Cursor, cursorOn, type Read } from './token-cursor.js';
import type { Token } from './tokens.js';
import type { EndLink } from './vocabulary.js';

/**
 * Read a line of tokens. Every step goes forward and looks ahead at most to the end, so the length of the text bounds
 * the work.
 */
export function readPhrase(tokens: readonly Token[], grammar: Grammar): Phrase {
  const cursor = cursorOn(tokens);
  const points = pointsOn(cursor, grammar);
  const links = linksOn(cursor, points);
  const found: PhraseState = { leftOver: [], forever: false, now: false, typedDates: points.typedDates };
  let role: Role = grammar.expects === 'end' ? { kind: 'end', link: 'until' } : { kind: 'bare' };
  let numbersAreDays = false;
  let at = 0;

  while (at < tokens.length) {
    const step = links.link(at, found, role);
    if (step) {
      ({ role } = step);
      numbersAreDays = step.numbersAreDays;
      at = step.next;
      continue;
    }
    const length = role.kind === 'bare' ? links.lengthAlone(at, role.lasting === true) : undefined;
    if (length && found.length === undefined && !(found.end && role.kind === 'bare')) {
      found.length = length.value;
      role = { kind: 'bare' };
      at = length.next;
      continue;
    }
    const point = points.point(at, numbersAreDays);
    if (point && placePoint(found, role, point.value)) {
      role = { kind: 'bare' };
      numbersAreDays = false;
      at = point.next;
      continue;
    }
    const within = role.kind === 'bare' ? undefined : points.length(at);
    if (within && placePoint(found, role, pointIn(within.value))) {
      role = { kind: 'bare' };
      at = within.next;
      continue;
    }
    const idle = point ? undefined : cursor.match(at, 'noise');
    const token = tokens[at];
    if (idle) at = idle.next;
    else {
      const next = point?.next ?? at + 1;
      if (token && (point || !ignored.has(token.raw)))
        found.leftOver.push({ start: token.start, end: tokens[next - 1]?.end ?? token.end });
      at = next;
    }
  }
  const { between: _, ...phrase } = found;
  return {
    ...phrase,
    typedDates: [...new Map(found.typedDates.map((one) => [one.raw, one])).values()],
    ...(points.noSuchDay() === undefined ? {} : { noSuchDay: points.noSuchDay() ?? '' }),
  };
}

/** Punctuation around dates without a meaning. */
const ignored: ReadonlySet<string> = new Set([',', '.', ';', ':', '!', '?', '(', ')', '-', '/', '…', '·', '•']);

type Role =
  | { readonly kind: 'bare'; readonly lasting?: true }
  | { readonly kind: 'begin'; readonly link: 'from' | 'since' }
  | { readonly kind: 'end'; readonly link: EndLink; readonly and?: true };

/** The state of reading a phrase. */
interface PhraseState {
  begin?: Begin;
  end?: End;
  length?: Length;
  leftOver: { start: number; end: number }[];
  typedDates: { raw: string; month: number; day: number }[];
  forever: boolean;
  now: boolean;
  between?: true;
}

/** Assign a point to its role. False: the role has one already. */
function placePoint(found: PhraseState, role: Role, point: Point): boolean {
  if (role.kind === 'end') {
    if (found.end) return false;
    found.end = { link: role.link, point, ...(role.and ? { and: true } : {}) };
    return true;
  }
  const { begin } = found;
  if (begin) {
    const joined = joinedPoints(begin.point, point);
    if (!joined) return false;
    found.begin = { link: role.kind === 'begin' ? role.link : begin.link, point: joined };
    return true;
  }
  if (found.end && role.kind === 'bare') {
    // “Until Friday — 5 pm”.
    const joined = joinedPoints(found.end.point, point);
    if (joined) found.end = { ...found.end, point: joined };
    return joined !== undefined;
  }
  found.begin = { link: role.kind === 'begin' ? role.link : 'bare', point };
  return true;
}

/** “Tomorrow from 9”: a day and a time that belong together. */
function joinedPoints(one: Point, other: Point): Point | undefined {
  const [day, time] = one.day && !one.time ? [one, other] : [other, one];
  if (!day.day || day.time || time.day || day.edge || time.edge) return undefined;
  if (time.bare !== undefined && time.bare < 24) return { ...day, time: openHour(time.bare) };
  return time.time ? { ...day, time: time.time, ...(time.zone ? { zone: time.zone } : {}) } : undefined;
}

interface LinkStep {
  readonly role: Role;
  readonly numbersAreDays: boolean;
  readonly next: number;
}

/** Read the words that link the points of a line. */
function linksOn(cursor: Cursor, points: ReturnType<typeof pointsOn>) {
  const { tokens, match, number } = cursor;
  const { point, length, clockAt, withinAt } = points;
  return { link, lengthAlone };

  /** A word that says which part the next date plays. */
  function link(at: number, found: PhraseState, role: Role): LinkStep | undefined {
    const step = (next: number, role: Role, numbersAreDays = false): LinkStep => ({ role, numbersAreDays, next });
    const forever = match(at, 'forever');
    if (forever) {
      found.forever = true;
      return step(forever.next, { kind: 'bare' });
    }
    const now = match(at, 'now');
    if (now && !found.begin && role.kind !== 'end') {
      found.now = true;
      return step(now.next, { kind: 'bare' });
    }
    const inclusive = match(at, 'inclusive') ?? match(at, 'exclusive');
    if (inclusive && found.end) {
      found.end = { ...found.end, inclusive: inclusive.value.is === 'inclusive' };
      return step(inclusive.next, { kind: 'bare' });
    }
    if (role.kind === 'end' && role.link === 'until' && inclusive?.value.is === 'inclusive')
      return step(inclusive.next, { kind: 'end', link: 'through' });

    const range = rangeLink(at, found, role);
    if (range) return range;

    const end = match(at, 'end');
    if (end && end.value.value !== 'to' && !found.end) {
      return step(end.next, { kind: 'end', link: end.value.value }, end.value.day);
    }
    const begin = match(at, 'begin');
    if (begin && !found.begin?.point.time && role.kind === 'bare') {
      if (pointOrNow(begin.next, begin.value.day === true)) {
        if (begin.value.value === 'between') found.between = true;
        const link = begin.value.value === 'between' ? 'from' : begin.value.value;
        return step(begin.next, { kind: 'begin', link }, begin.value.day);
      }
    }
    const lasting = match(at, 'for');
    if (lasting && (length(lasting.next, true) || point(lasting.next, false)))
      return step(lasting.next, { kind: 'bare', lasting: true });
    return undefined;
  }

  /** “To”, “au”, “à”, a dash or “and” between two dates. */
  function rangeLink(at: number, found: PhraseState, role: Role): LinkStep | undefined {
    if (found.end || role.kind !== 'bare') return undefined;
    const end = match(at, 'end');
    const to = end?.value.value === 'to' ? end : undefined;
    const and = match(at, 'and');
    const dash = tokens[at]?.raw === '-' ? { next: at + 1 } : undefined;
    const joint = to ?? and ?? dash;
    // Without a beginning only “to” itself names an end: “à” and “au” precede beginnings too.
    if (!joint || !(found.begin || found.now || (to && tokens[at]?.word === 'to'))) return undefined;
    const numbersAreDays = to?.value.day === true;
    const second = point(joint.next, numbersAreDays);
    if (!second) return undefined;
    const first = found.begin?.point;
    const spaced = tokens[at - 1]?.end !== tokens[at]?.start;
    // “Friday — 5 pm” is one point.
    if (dash && spaced && first?.day && !first.time && second.value.time && !second.value.day) return undefined;
    const link: Role = { kind: 'end', link: 'to', ...(and && !to && !found.between ? { and: true } : {}) };
    return { role: link, numbersAreDays, next: joint.next };
  }

  function pointOrNow(at: number, days: boolean): boolean {
    return point(at, days) !== undefined || match(at, 'now') !== undefined;
  }

  /**
   * A length where a time is possible as well: `2h` and `1h30` are lengths, `2 h 05`, `17h30`, “5 heures moins le
   * quart” are times.
   */
  function lengthAlone(at: number, lasting: boolean): Read<Length> | undefined {
    const read = length(at, lasting);
    if (!read || lasting) return read;
    const clock = clockAt(at);
    const spaced =
      tokens[at + 1]?.word === 'h' && tokens[at + 1]?.start !== tokens[at]?.end && number(at + 2) !== undefined;
    const isHour =
      clock && (clock.next > read.next || (clock.next === read.next && (spaced || (number(at) ?? 0) > 12)));
    // “A week from Friday” is a day, as “in a week” is.
    const isPoint =
      (tokens[at]?.word === 'a' || tokens[at]?.word === 'an') && match(read.next, 'begin') && withinAt(at);
    return isHour || isPoint ? undefined : read;
  }
}
