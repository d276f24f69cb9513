import { clockOf, openHour } from './clock-times.js';
import { type DayOrder, numericDay } from './numeric-date.js';
import type { Day, Point, Time } from './phrase.types.js';
import type { Cursor, Read } from './token-cursor.js';

/** Read dates of the calendar: `2026-12-04`, `4/12`, `4 December`, `le 4`. */
export function calendarDatesOn(
  { tokens, match, number }: Cursor,
  clockAt: (at: number) => Read<Time> | undefined,
  { order, hours24 }: { readonly order: DayOrder; readonly hours24: boolean },
) {
  let noSuchDay: string | undefined;
  const typedDates: { raw: string; month: number; day: number }[] = [];
  return { isoPiece, datePiece, yearAt, typedDates, noSuchDay: () => noSuchDay };

  function isoPiece(at: number, value: Point): Read<Point> | undefined {
    const token = tokens[at];
    if (!token || value.day) return undefined;
    if (token.kind === 'iso') {
      const [, year, month, day, time, zone] =
        /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-].*)?)?$/i.exec(token.raw) ?? [];
      if (zone !== undefined) {
        const instant = new Date(token.raw.replace(' ', 'T'));
        return Number.isNaN(instant.getTime()) ? undefined : { value: { instant }, next: at + 1 };
      }
      const clock = time === undefined ? undefined : clockOf(time);
      if (time !== undefined && !clock) return undefined;
      const date = realDate(token.raw, { year: Number(year), month: Number(month), day: Number(day) });
      return {
        value: { ...value, day: date ?? { kind: 'impossible' }, ...(clock ? { time: clock } : {}) },
        next: at + 1,
      };
    }
    if (token.kind !== 'date') return undefined;
    const read = numericDay(token.raw, order);
    if (!read) {
      noSuchDay = token.raw;
      return { value: withDay(value, { kind: 'impossible' }), next: at + 1 };
    }
    const date = realDate(token.raw, read);
    if (read.open) typedDates.push({ raw: token.raw, month: read.month, day: read.day });
    return { value: withDay(value, date ?? { kind: 'impossible' }), next: at + 1 };
  }

  /** A date that exists in some year. */
  function realDate(
    raw: string,
    { year, month, day }: { year?: number | undefined; month: number; day: number },
  ): Day | undefined {
    const leap = year ?? 2024;
    const last = month >= 1 && month <= 12 ? new Date(Date.UTC(leap, month, 0)).getUTCDate() : 0;
    if (day < 1 || day > last || leap < 1900 || leap > 2999) {
      noSuchDay = raw;
      return undefined;
    }
    return { kind: 'date', month, day, ...(year === undefined ? {} : { year }) };
  }

  /** A year after a date: `2026`, `, 2026`. */
  function yearAt(at: number): Read<{ year: number }> | undefined {
    const place = tokens[at]?.raw === ',' || tokens[at]?.word === 'of' || tokens[at]?.word === 'de' ? at + 1 : at;
    const year = number(place);
    const isYear = year !== undefined && tokens[place]?.raw.length === 4 && year >= 1900 && year <= 2999;
    return isYear && !match(place + 1, 'clock') ? { value: { year }, next: place + 1 } : undefined;
  }

  /** `4 December`, `Dec 4th, 2026`, `le 4`, `the 4th`, `1er`, `January 2027`. */
  function datePiece(at: number, value: Point, numberIsDay: boolean): Read<Point> | undefined {
    const weekday = value.day?.kind === 'weekday' && value.day.which === 'coming' ? value.day.weekday : undefined;
    if ((value.day && weekday === undefined) || value.bare !== undefined) {
      const name = match(at, 'weekday');
      if (name && value.day?.kind === 'date' && value.day.weekday === undefined)
        return { value: { ...value, day: { ...value.day, weekday: name.value.value } }, next: name.next };
      return undefined;
    }
    if (weekday !== undefined) {
      const numeric = isoPiece(at, { ...value, day: undefined } as unknown as Point);
      if (numeric?.value.day?.kind === 'date' && numeric.value.day.weekday === undefined)
        return { value: { ...value, ...numeric.value, day: { ...numeric.value.day, weekday } }, next: numeric.next };
    }
    const named = weekday === undefined ? {} : { weekday };
    const monthFirst = match(at, 'month');
    if (monthFirst && !(tokens[at]?.word === 'sept' && match(monthFirst.next, 'unit'))) {
      const the = match(monthFirst.next, 'the')?.next ?? monthFirst.next;
      const day = dayNumber(the);
      if (
        day &&
        day.value < 100 &&
        !match(day.next, 'month') &&
        !(match(day.next, 'clock') && tokens[day.next]?.word !== 'h') &&
        !clocked(the)
      ) {
        const year = yearAt(day.next);
        return dateRead(
          at,
          value,
          { month: monthFirst.value.value, day: day.value, ...year?.value, ...named },
          year?.next ?? day.next,
        );
      }
      if (weekday !== undefined) return undefined;
      const year = yearAt(monthFirst.next);
      const month: Day = { kind: 'month', month: monthFirst.value.value, ...year?.value };
      return { value: withDay(value, month), next: year?.next ?? monthFirst.next };
    }
    const day = dayNumber(at);
    if (!day) return undefined;
    const of = match(day.next, 'of')?.next ?? day.next;
    const month = match(tokens[of]?.raw === '-' ? of + 1 : of, 'month');
    if (month) {
      const year = yearAt(month.next);
      return dateRead(
        at,
        value,
        { month: month.value.value, day: day.value, ...year?.value, ...named },
        year?.next ?? month.next,
      );
    }
    return aloneDay(at, value, day, numberIsDay, weekday);
  }

  /** Whether the number at this token is an hour. */
  function clocked(at: number): boolean {
    return clockAt(at) !== undefined;
  }

  function aloneDay(
    at: number,
    value: Point,
    day: Read<number> & { readonly ordinal: boolean },
    numberIsDay: boolean,
    weekday: number | undefined,
  ): Read<Point> | undefined {
    const year = number(at);
    if (year !== undefined && year >= 2000 && year <= 2100 && weekday === undefined)
      return { value: withDay(value, { kind: 'year', year }), next: at + 1 };
    if (day.value > 31 || day.value < 1) return undefined;
    if (match(day.next, 'unit') && !day.ordinal) return undefined;
    const frenchDay = weekday !== undefined && hours24;
    const ofYear = yearAt(day.next);
    if (ofYear && weekday === undefined)
      return { value: withDay(value, { kind: 'day-of-month', day: day.value, ...ofYear.value }), next: ofYear.next };
    if (day.ordinal || numberIsDay || frenchDay)
      return {
        value: withDay(value, { kind: 'day-of-month', day: day.value, ...(weekday === undefined ? {} : { weekday }) }),
        next: day.next,
      };
    if (weekday !== undefined)
      return value.time ? undefined : { value: withTime(value, openHour(day.value)), next: day.next };
    if (value.time || number(at) === undefined) return undefined;
    return { value: { ...value, bare: day.value }, next: day.next };
  }

  function dayNumber(at: number): (Read<number> & { readonly ordinal: boolean }) | undefined {
    const word = match(at, 'ordinal');
    if (word) return { value: word.value.value, next: word.next, ordinal: true };
    const value = number(at);
    if (value === undefined) return undefined;
    const suffix = tokens[at + 1];
    const ordinal = suffix !== undefined && suffix.start === tokens[at]?.end && ordinals.has(suffix.word);
    return { value, next: ordinal ? (tokens[at + 2]?.raw === '.' ? at + 3 : at + 2) : at + 1, ordinal };
  }

  function dateRead(
    at: number,
    value: Point,
    { weekday, ...date }: { month: number; day: number; year?: number; weekday?: number },
    next: number,
  ): Read<Point> | undefined {
    const raw = tokens
      .slice(at, next)
      .map(({ raw }) => raw)
      .join(' ');
    const real = realDate(raw, date);
    if (real?.kind !== 'date') return { value: withDay(value, { kind: 'impossible' }), next };
    return { value: withDay(value, weekday === undefined ? real : { ...real, weekday }), next };
  }
}

const ordinals: ReadonlySet<string> = new Set(['st', 'nd', 'rd', 'th', 'er', 're', 'e', 'eme']);

/** Return a point with its day set. */
export const withDay = (value: Point, day: Day): Point => ({
  ...value,
  day,
  ...(value.time ? { timeFirst: true } : {}),
});

/** Return a point with its time set. */
export const withTime = (value: Point, time: Time): Point => ({ ...value, time });
