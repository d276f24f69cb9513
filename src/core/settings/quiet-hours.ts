import { readTimeSpan } from '../routing/opening-hours.js';
import { instantOf, type WallTime, wallTimeOf } from '../time/wall-time.js';

/**
 * Return when the quiet hours that contain an instant end; undefined: it is in none. `quietHours` is the setting,
 * `22:00-07:00` or empty. They follow the clocks of the zone: a skipped end is moved on, one that occurs twice is its first.
 */
export function quietUntil(quietHours: string, timeZone: string, now: Date): Date | undefined {
  const span = readTimeSpan(quietHours);
  if (!span) return undefined;
  const today = wallTimeOf(now, timeZone).startOf('day') as WallTime;
  for (const day of [today.minus({ days: 1 }), today]) {
    const at = (minutes: number) => instantOf(day.plus({ minutes }) as WallTime, timeZone);
    const end = at(span.until);
    if (at(span.from) <= now && now < end) return end;
  }
  return undefined;
}
