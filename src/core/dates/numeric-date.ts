/** The order of a date's numbers when the year is not first. */
export type DayOrder = 'day-first' | 'month-first';

/** Countries that write the month before the day. Canada's standard is ISO's order, and its English follows it. */
const monthFirst: ReadonlySet<string> = new Set(['US', 'CA', 'PH', 'FM', 'MH', 'PW', 'PR', 'GU', 'VI', 'UM', 'BZ']);

/** Return the day order of a reader: French is always day first, English by region (`en-GB`, `en-US`). */
export const dayOrderOf = (locale: 'en' | 'fr', region: string | undefined): DayOrder =>
  locale === 'en' && monthFirst.has(region ?? 'CA') ? 'month-first' : 'day-first';

/** A date in numbers. */
export interface NumericDate {
  readonly year?: number;
  readonly month: number;
  readonly day: number;
  /** Both orders are valid dates. */
  readonly open: boolean;
}

/** Read `4/12`, `4.12.`, `4-12-2026`, `2026/12/04`; undefined: neither order is a month and a day. */
export function numericDay(raw: string, order: DayOrder): NumericDate | undefined {
  const [a = 0, b = 0, c] = raw
    .split(/[/.-]/)
    .filter((part) => part !== '')
    .map(Number);
  if (/^\d{4}/.test(raw)) return { year: a, month: b, day: c ?? 0, open: false };
  const year = c === undefined ? {} : { year: c < 100 ? 2000 + c : c };
  // With full stops, the day is first everywhere.
  const dayFirst = order === 'day-first' || raw.includes('.');
  const [month, day] = dayFirst ? [b, a] : [a, b];
  if (month <= 12) return { ...year, month, day, open: !raw.includes('.') && day <= 12 && day !== month };
  return day <= 12 ? { ...year, month: day, day: month, open: false } : undefined;
}
