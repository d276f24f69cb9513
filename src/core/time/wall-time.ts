import { DateTime, IANAZone } from 'luxon';

/**
 * A date and a time as a clock on the wall shows them, in no zone: calendar arithmetic on it cannot meet a clock
 * change. Kept as a luxon DateTime in UTC.
 */
export type WallTime = DateTime<true>;

/** Return the wall time of an instant in a zone (an IANA name). */
export function wallTimeOf(instant: Date, timeZone: string): WallTime {
  const offset = offsetAt(instant.getTime(), timeZone);
  return DateTime.fromMillis(instant.getTime() + offset * minute, { zone: 'utc' }) as WallTime;
}

/** Return the wall time of a day's beginning; undefined where the calendar has no such day (31 February). */
export function wallDay(year: number, month: number, day: number): WallTime | undefined {
  const made = DateTime.utc(year, month, day);
  return made.isValid ? made : undefined;
}

/**
 * Return every instant at which a zone's clocks show this wall time, earliest first: one as a rule, none while clocks
 * are put forward, two while they are put back.
 */
export function instantsOf(wall: WallTime, timeZone: string): Date[] {
  const utc = wall.toMillis();
  const offsets = new Set([offsetAt(utc - day, timeZone), offsetAt(utc + day, timeZone)]);
  return [...offsets]
    .map((offset) => ({ offset, at: utc - offset * minute }))
    .filter(({ offset, at }) => offsetAt(at, timeZone) === offset)
    .map(({ at }) => new Date(at))
    .sort((a, b) => a.getTime() - b.getTime());
}

/**
 * Return the instant of a wall time. A time that occurs twice is its first; one that a clock change skips is moved on
 * by the skipped hour, so that a day that begins with a skipped midnight begins with its first instant.
 */
export function instantOf(wall: WallTime, timeZone: string): Date {
  const [first] = instantsOf(wall, timeZone);
  return first ?? new Date(wall.toMillis() - offsetAt(wall.toMillis() - day, timeZone) * minute);
}

/** Return a zone's offset from UTC at an instant (ms), in minutes; an unknown zone counts as UTC. */
export function offsetAt(at: number, timeZone: string): number {
  const offset = IANAZone.create(timeZone).offset(at);
  return Number.isFinite(offset) ? offset : 0;
}

const minute = 60_000;
const day = 24 * 60 * minute;
