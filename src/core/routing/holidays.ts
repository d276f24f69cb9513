import { isCalendarDay } from './opening-hours.js';

/**
 * Return the days (ISO) on which a company is closed in the years around an instant: its own days, and the public
 * holidays of the countries in its list (setting `holidays`). The calendar of all countries takes some 30 MB, so it is
 * loaded when the first company names one.
 */
export async function closedDaysAround(holidays: readonly string[], at: Date): Promise<ReadonlySet<string>> {
  const own = holidays.filter(isCalendarDay);
  const countries = holidays.filter((one) => !isCalendarDay(one));
  const year = at.getUTCFullYear();
  const theirs = await Promise.all(
    countries.flatMap((country) => [year - 1, year, year + 1].map((one) => publicHolidays(country, one))),
  );
  return new Set([...own, ...theirs.flat()]);
}

/** By country and year, such as `CA 2030`. Bounded by the countries of the world and the years that are asked about. */
const known = new Map<string, readonly string[]>();
const mostKnown = 2_000;

async function publicHolidays(country: string, year: number): Promise<readonly string[]> {
  const key = `${country} ${year}`;
  const found = known.get(key);
  if (found) return found;
  const { default: Holidays } = await import('date-holidays');
  const days = new Holidays(country).getHolidays(year).filter(({ type }) => type === 'public');
  const closed = days.flatMap(({ date, start, end }) => daysFrom(date.slice(0, 10), end.getTime() - start.getTime()));
  if (known.size >= mostKnown) known.clear();
  known.set(key, closed);
  return closed;
}

const dayMillis = 24 * 60 * 60 * 1000;

/** A holiday may last several days. Its times are rounded: a day on which the clocks change has 23 hours, or 25. */
function daysFrom(first: string, lasts: number): readonly string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: Math.max(1, Math.round(lasts / dayMillis)) }, (_, day) =>
    new Date(start + day * dayMillis).toISOString().slice(0, 10),
  );
}
