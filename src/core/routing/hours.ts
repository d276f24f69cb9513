import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { instantsOf, offsetAt, type WallTime } from '../time/wall-time.js';
import { type OpenSpan, readOpeningHours } from './opening-hours.js';

/** When calls are expected: a week of wall-clock times in a zone, and the days on which nothing opens. */
export interface Week {
  /** As OpenStreetMap writes it; empty, or unreadable: always open. */
  readonly hours: string;
  /** IANA name. */
  readonly timeZone: string;
  /** ISO days. */
  readonly holidays: ReadonlySet<string>;
}

/**
 * Return whether a week is open at an instant. What counts is what the clock on the wall shows, so a day’s hours are right
 * in a week in which the clocks change: an hour that comes twice counts twice, and one that is skipped is not waited for.
 * Hours over midnight belong to the day on which they begin.
 */
export function isOpenAt(week: Week, at: Date): boolean {
  const spans = spansOf(week.hours);
  if (!spans) return true;
  const wall = at.getTime() + offsetAt(at.getTime(), week.timeZone) * minuteMillis;
  const today = dayOf(wall);
  return [today, today - dayMillis].some((day) => covers(spansOn(week, spans, day), (wall - day) / minuteMillis));
}

/** Return whether a day (ISO) is a working day: the week opens on it. A week that is always open works from Monday to Friday. */
export function isWorkingDay(week: Week, day: string): boolean {
  if (week.holidays.has(day)) return false;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const spans = spansOf(week.hours);
  return spans ? spansOn(week, spans, midnight).length > 0 : (new Date(midnight).getUTCDay() + 6) % 7 < 5;
}

/** The first instant after `at` at which the week opens or closes; undefined: not within a year. */
export function nextChange(week: Week, at: Date): Date | undefined {
  const spans = spansOf(week.hours);
  if (!spans || spans.every(({ length }) => length === 0)) return undefined;
  const isOpen = isOpenAt(week, at);
  const today = dayOf(at.getTime() + offsetAt(at.getTime(), week.timeZone) * minuteMillis);
  for (let ahead = 0; ahead <= mostDays; ahead += 1) {
    const edges = edgesOn(week, spans, today + ahead * dayMillis);
    const change = edges.find((edge) => edge > at && isOpenAt(week, edge) !== isOpen);
    if (change) return change;
  }
  return undefined;
}

/** The first instant after `at` at which a week that is closed opens; undefined: it is open, or never opens. */
export const nextOpening = (week: Week, at: Date): Date | undefined =>
  isOpenAt(week, at) ? undefined : nextChange(week, at);

const mostDays = 370;
const minuteMillis = 60_000;
const dayMillis = 24 * 60 * minuteMillis;

/*
 * Wall-clock times are milliseconds as if the clock on the wall were in UTC: on them a day is always 24 hours, and every
 * decision at night asks for many, so they are numbers rather than luxon's.
 */

/** The midnight before a wall-clock time. */
const dayOf = (wall: number): number => Math.floor(wall / dayMillis) * dayMillis;

/** Monday first; undefined: always open. */
function spansOf(hours: string): readonly (readonly OpenSpan[])[] | undefined {
  if (hours === '') return undefined;
  const known = lastRead.get(hours);
  if (known) return known;
  const read = readOpeningHours(hours)?.week;
  if (read) lastRead.set(hours, read);
  return read;
}

/** Each decision asks for the same few weeks many times. */
const lastRead = new LRUCache<string, readonly (readonly OpenSpan[])[]>({ max: 1000 });

function spansOn({ holidays }: Week, week: readonly (readonly OpenSpan[])[], day: number): readonly OpenSpan[] {
  const date = new Date(day);
  if (holidays.size > 0 && holidays.has(date.toISOString().slice(0, 10))) return [];
  return week[(date.getUTCDay() + 6) % 7] ?? [];
}

const covers = (spans: readonly OpenSpan[], minute: number): boolean =>
  spans.some(({ from, until }) => from <= minute && minute < until);

/** Every instant of a day at which the week may open or close, earliest first: the hours of the day before may end today. */
function edgesOn(week: Week, spans: readonly (readonly OpenSpan[])[], day: number): readonly Date[] {
  const { timeZone } = week;
  const walls = [day - dayMillis, day]
    .flatMap((begins) =>
      spansOn(week, spans, begins).flatMap(({ from, until }) => [
        begins + from * minuteMillis,
        begins + until * minuteMillis,
      ]),
    )
    .filter((wall) => dayOf(wall) === day);
  const before = offsetAt(day - dayMillis, timeZone);
  const isPlain = before === offsetAt(day + 2 * dayMillis, timeZone);
  const instants = isPlain
    ? walls.map((wall) => new Date(wall - before * minuteMillis))
    : [
        ...walls.flatMap((wall) => instantsOf(DateTime.fromMillis(wall, { zone: 'utc' }) as WallTime, timeZone)),
        ...clockChangesOn(day, timeZone),
      ];
  return instants.sort((a, b) => a.getTime() - b.getTime());
}

/** The instant at which the zone’s clocks change on this day, to the minute; empty: they do so on a day beside it. */
function clockChangesOn(day: number, timeZone: string): readonly Date[] {
  let before = day - dayMillis;
  let after = day + 2 * dayMillis;
  const old = offsetAt(before, timeZone);
  while (after - before > minuteMillis) {
    const middle = before + Math.floor((after - before) / 2 / minuteMillis) * minuteMillis;
    if (offsetAt(middle, timeZone) === old) before = middle;
    else after = middle;
  }
  return dayOf(after + offsetAt(after, timeZone) * minuteMillis) === day ? [new Date(after)] : [];
}
