import { createRequire } from 'node:module';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { isCalendarDay } from './opening-hours.js';

/**
 * Return the days (ISO) on which a company is closed in the years around an instant: its own days, and the public
 * holidays of the countries and provinces in its list (setting `holidays`).
 */
export function closedDaysAround(holidays: readonly string[], at: Date): ReadonlySet<string> {
  const own = holidays.filter(isCalendarDay);
  const places = holidays.filter((one) => !isCalendarDay(one));
  const year = at.getUTCFullYear();
  const theirs = places.flatMap((place) => [year - 1, year, year + 1].flatMap((one) => publicHolidays(place, one)));
  return new Set([...own, ...theirs]);
}

/** Return whether public holidays can be looked up by this code: a country, `CA`, or one of its provinces or states, `CA-QC`. */
export function hasPublicHolidays(code: string): boolean {
  const [country = '', province] = code.split('-', 2);
  if (!isSupportedCountry(country)) return false;
  if (province === undefined) return true;
  const provinces = new (calendarOfAllCountries())().getStates(country) ?? {};
  return code === `${country}-${province}` && Object.hasOwn(provinces, province);
}

/** By place and year, such as `CA-QC 2030`. Bounded by the places of the world and the years that are asked about. */
const known = new Map<string, readonly string[]>();
const mostKnown = 2_000;

function publicHolidays(place: string, year: number): readonly string[] {
  const key = `${place} ${year}`;
  const found = known.get(key);
  if (found) return found;
  const [country = '', province = ''] = place.split('-');
  const Holidays = calendarOfAllCountries();
  const days = new Holidays(country, province).getHolidays(year).filter(({ type }) => type === 'public');
  const closed = days.flatMap(({ date, start, end }) => daysFrom(date.slice(0, 10), end.getTime() - start.getTime()));
  if (known.size >= mostKnown) known.clear();
  known.set(key, closed);
  return closed;
}

/** It takes some 30 MB, so it is loaded when the first company names a country. */
const calendarOfAllCountries = (): typeof import('date-holidays').default =>
  createRequire(import.meta.url)('date-holidays');

const dayMillis = 24 * 60 * 60 * 1000;

/** A holiday may last several days. Its times are rounded: a day on which the clocks change has 23 hours, or 25. */
function daysFrom(first: string, lasts: number): readonly string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: Math.max(1, Math.round(lasts / dayMillis)) }, (_, day) =>
    new Date(start + day * dayMillis).toISOString().slice(0, 10),
  );
}
