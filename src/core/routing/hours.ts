import { instantsOf, offsetAt, type WallTime, wallTimeOf } from '../time/wall-time.js';
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
  const wall = wallTimeOf(at, week.timeZone);
  const minute = minuteOf(wall);
  return (
    covers(spansOn(week, spans, wall), minute) ||
    covers(spansOn(week, spans, wall.minus({ days: 1 })), minute + minutesOfDay)
  );
}

/** The first instant after `at` at which the week opens or closes; undefined: not within a year. */
export function nextChange(week: Week, at: Date): Date | undefined {
  const spans = spansOf(week.hours);
  if (!spans || spans.every(({ length }) => length === 0)) return undefined;
  const isOpen = isOpenAt(week, at);
  const today = wallTimeOf(at, week.timeZone).startOf('day') as WallTime;
  for (let ahead = 0; ahead <= mostDays; ahead += 1) {
    const day = today.plus({ days: ahead });
    const change = edgesOn(week, spans, day).find((edge) => edge > at && isOpenAt(week, edge) !== isOpen);
    if (change) return change;
  }
  return undefined;
}

/** The first instant after `at` at which a week that is closed opens; undefined: it is open, or never opens. */
export const nextOpening = (week: Week, at: Date): Date | undefined =>
  isOpenAt(week, at) ? undefined : nextChange(week, at);

const minutesOfDay = 24 * 60;
const mostDays = 370;
const minuteMillis = 60_000;

/** Monday first; undefined: always open. */
const spansOf = (hours: string): readonly (readonly OpenSpan[])[] | undefined =>
  hours === '' ? undefined : readOpeningHours(hours)?.week;

const spansOn = ({ holidays }: Week, week: readonly (readonly OpenSpan[])[], day: WallTime): readonly OpenSpan[] =>
  holidays.has(day.toISODate()) ? [] : (week[day.weekday - 1] ?? []);

const covers = (spans: readonly OpenSpan[], minute: number): boolean =>
  spans.some(({ from, until }) => from <= minute && minute < until);

const minuteOf = ({ hour, minute }: WallTime): number => hour * 60 + minute;

/** Every instant of a day at which the week may open or close, earliest first: the hours of the day before may end today. */
function edgesOn(week: Week, spans: readonly (readonly OpenSpan[])[], day: WallTime): readonly Date[] {
  const { timeZone } = week;
  const walls = [day.minus({ days: 1 }), day]
    .flatMap((begins) =>
      spansOn(week, spans, begins).flatMap(({ from, until }) =>
        [from, until].map((minutes) => begins.plus({ minutes })),
      ),
    )
    .filter((wall) => wall.hasSame(day, 'day'));
  const around = offsetsAround(day, timeZone);
  const instants =
    around.before === around.after
      ? walls.map((wall) => new Date(wall.toMillis() - around.before * minuteMillis))
      : [...walls.flatMap((wall) => instantsOf(wall, timeZone)), ...clockChangesOn(day, timeZone)];
  return instants.sort((a, b) => a.getTime() - b.getTime());
}

const dayMillis = minutesOfDay * minuteMillis;

/** The zone’s offsets from UTC the day before and the day after, in minutes: most days they are the same. */
const offsetsAround = (day: WallTime, timeZone: string): { readonly before: number; readonly after: number } => ({
  before: offsetAt(day.toMillis() - dayMillis, timeZone),
  after: offsetAt(day.toMillis() + 2 * dayMillis, timeZone),
});

/** The instant at which the zone’s clocks change on this day, to the minute; empty: they do so on a day beside it. */
function clockChangesOn(day: WallTime, timeZone: string): readonly Date[] {
  let before = day.toMillis() - dayMillis;
  let after = day.toMillis() + 2 * dayMillis;
  const old = offsetAt(before, timeZone);
  while (after - before > minuteMillis) {
    const middle = before + Math.floor((after - before) / 2 / minuteMillis) * minuteMillis;
    if (offsetAt(middle, timeZone) === old) before = middle;
    else after = middle;
  }
  return wallTimeOf(new Date(after), timeZone).hasSame(day, 'day') ? [new Date(after)] : [];
}
