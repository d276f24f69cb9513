import { openHour } from './clock-times.js';
import type { Phrase, Point } from './phrase.types.js';

/** Complete each end of a span from the other: “3-7 Jan”, “from 9 to 5 pm”, “9 am to 5 pm tomorrow”. */
export function withPartner(phrase: Phrase): Phrase {
  const { begin, end } = phrase;
  if (!begin || !end) {
    return {
      ...phrase,
      ...(begin ? { begin: { ...begin, point: settlePoint(begin.point) } } : {}),
      ...(end ? { end: { ...end, point: settlePoint(end.point) } } : {}),
    };
  }
  let [one, other] = [begin.point, end.point];
  const days = saysDay(one) || saysDay(other) || (one.bare ?? 0) > 24 || (other.bare ?? 0) > 24;
  one = settlePoint(one, days && !one.time && !other.time ? 'day' : 'hour');
  other = settlePoint(other, days && !begin.point.time && !end.point.time ? 'day' : 'hour');

  if (one.day?.kind === 'day-of-month' && one.day.month === undefined && other.day?.kind === 'date') {
    const { day } = one.day;
    const { month, year } = other.day;
    const earlier = day <= other.day.day ? month : ((month + 10) % 12) + 1;
    const before = year === undefined ? {} : { year: earlier > month ? year - 1 : year };
    const weekday = one.day.weekday === undefined ? {} : { weekday: one.day.weekday };
    one = { ...one, day: { kind: 'date', month: earlier, day, ...before, ...weekday } };
  }
  if (one.day?.kind === 'date' && other.day?.kind === 'day-of-month' && other.day.year !== undefined) {
    const { day, year } = other.day;
    const month = day >= one.day.day ? one.day.month : (one.day.month % 12) + 1;
    other = { ...other, day: { kind: 'date', month, day, year } };
  }
  if (!one.day && one.time && other.day && other.time && other.timeFirst && end.link === 'to')
    one = { ...one, day: other.day };
  if (
    one.day?.kind === 'date' &&
    one.day.year === undefined &&
    one.day.weekday === undefined &&
    other.day?.kind === 'date' &&
    other.day.year !== undefined
  ) {
    const late = one.day.month > other.day.month || (one.day.month === other.day.month && one.day.day > other.day.day);
    one = { ...one, day: { ...one.day, year: other.day.year - (late ? 1 : 0) } };
  }
  [one, other] = openHours(one, other);
  return { ...phrase, begin: { ...begin, point: one }, end: { ...end, point: other } };
}

const saysDay = ({ day }: Point): boolean => day?.kind === 'date' || day?.kind === 'day-of-month';

/** A number alone is an hour, unless it is too large or its partner is a date. */
function settlePoint(point: Point, as: 'hour' | 'day' = 'hour'): Point {
  const { bare, ...rest } = point;
  if (bare === undefined) return point;
  if (as === 'day' || bare > 24) return { ...rest, day: { kind: 'day-of-month', day: bare } };
  return { ...rest, time: openHour(bare) };
}

/** “From 2 to 4 pm” begins at two in the afternoon, “9 to 5” ends in it. */
function openHours(one: Point, other: Point): [Point, Point] {
  const [a, b] = [one.time, other.time];
  if (a?.kind !== 'clock' || b?.kind !== 'clock') return [one, other];
  const half = 12 * 60;
  if (a.open && !b.open) {
    const late = (a.minutes % half) + half;
    return [{ ...one, time: { kind: 'clock', minutes: late < b.minutes ? late : a.minutes % half } }, other];
  }
  if (!b.open) return [one, other];
  const start = a.open ? likelyTimeOfDay(a.minutes) : a.minutes;
  const early = b.minutes % half;
  const end = early > start ? early : early + half;
  const first: Point = { ...one, time: { kind: 'clock', minutes: start } };
  const sameDay = other.day === undefined;
  return [first, sameDay ? { ...other, time: { kind: 'clock', minutes: end } } : other];
}

/** Return the time of day that an hour without am or pm most likely means: 1 to 6 is in the afternoon. */
export const likelyTimeOfDay = (minutes: number): number => (minutes < 7 * 60 ? minutes + 12 * 60 : minutes);
