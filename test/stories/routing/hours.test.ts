import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedDaysAround } from '../../../src/core/routing/holidays.js';
import { isOpenAt, nextChange, nextOpening, type Week } from '../../../src/core/routing/hours.js';
import { readOpeningHours } from '../../../src/core/routing/opening-hours.js';
import { propertyOptions } from '../../support/property-runs.js';

const week = (hours: string, timeZone = 'America/Toronto', ...holidays: string[]): Week => ({
  ...{ hours, timeZone },
  holidays: new Set(holidays),
});
const at = (iso: string) => new Date(iso);

test('without hours it is always open, and never changes', () => {
  expect(isOpenAt(week(''), at('2030-01-01T03:00:00Z'))).toBe(true);
  expect(nextChange(week(''), at('2030-01-01T03:00:00Z'))).toBeUndefined();
  expect(nextOpening(week('off'), at('2030-01-01T03:00:00Z'))).toBeUndefined();
});

test('a week is open from the first minute of its hours to the last but one', () => {
  const office = week('Mo-Fr 09:00-17:00');
  expect(isOpenAt(office, at('2030-01-14T13:59:59.999Z'))).toBe(false);
  expect(isOpenAt(office, at('2030-01-14T14:00:00Z'))).toBe(true);
  expect(isOpenAt(office, at('2030-01-14T21:59:59.999Z'))).toBe(true);
  expect(isOpenAt(office, at('2030-01-14T22:00:00Z'))).toBe(false);
  // From Friday evening to Monday morning.
  expect(nextOpening(office, at('2030-01-18T22:00:00Z'))).toEqual(at('2030-01-21T14:00:00Z'));
});

test('nothing opens on a holiday, and the night before it ends as it began', () => {
  const bar = week('Mo-Su 20:00-02:00', 'America/Toronto', '2030-01-15');
  expect(isOpenAt(bar, at('2030-01-15T06:59:00Z'))).toBe(true);
  expect(isOpenAt(bar, at('2030-01-16T03:00:00Z'))).toBe(false);
  expect(nextOpening(bar, at('2030-01-15T12:00:00Z'))).toEqual(at('2030-01-17T01:00:00Z'));
});

test('an hour that comes twice is open twice, and hours in a skipped one begin when the clocks change', () => {
  // Toronto: 2:00 becomes 3:00 on 10 March; 2:00 becomes 1:00 on 3 November.
  const night = week('01:30-01:45', 'America/Toronto');
  expect(nextChange(night, at('2030-11-03T05:40:00Z'))).toEqual(at('2030-11-03T05:45:00Z'));
  expect(nextChange(night, at('2030-11-03T05:45:00Z'))).toEqual(at('2030-11-03T06:30:00Z'));
  expect(isOpenAt(night, at('2030-11-03T06:35:00Z'))).toBe(true);
  expect(nextOpening(week('02:30-04:00'), at('2030-03-10T06:00:00Z'))).toEqual(at('2030-03-10T07:00:00Z'));
  // Lord Howe: half an hour, 2:00 becomes 1:30 on 7 April.
  const island = week('01:45-02:00', 'Australia/Lord_Howe');
  expect(nextChange(island, at('2030-04-06T15:00:00Z'))).toEqual(at('2030-04-06T15:15:00Z'));
});

test('a leap day is a day like any other', () => {
  const thursdays = week('Th 09:00-17:00', 'Asia/Kathmandu');
  expect(isOpenAt(thursdays, at('2032-02-28T05:00:00Z'))).toBe(false);
  expect(isOpenAt(week('Su 09:00-17:00', 'Asia/Kathmandu'), at('2032-02-29T05:00:00Z'))).toBe(true);
  expect(isOpenAt(week('', 'Asia/Kathmandu', '2032-02-29'), at('2032-02-29T05:00:00Z'))).toBe(true);
  expect(isOpenAt(week('09:00-17:00', 'Asia/Kathmandu', '2032-02-29'), at('2032-02-29T05:00:00Z'))).toBe(false);
});

test('a country’s public holidays count, beside the company’s own days, and some last for several', () => {
  const days = closedDaysAround(['CA', '2030-12-24'], at('2030-06-01T00:00:00Z'));
  expect([...days]).toEqual(expect.arrayContaining(['2029-12-25', '2030-07-01', '2030-12-24', '2031-01-01']));
  expect(days.has('2030-02-14')).toBe(false);
  const saudi = closedDaysAround(['SA'], at('2030-06-01T00:00:00Z'));
  expect([...saudi]).toEqual(expect.arrayContaining(['2030-02-03', '2030-02-04', '2030-02-05', '2030-02-06']));
  expect(closedDaysAround([], at('2030-06-01T00:00:00Z'))).toEqual(new Set());
});

test('of a province its own public holidays count too', () => {
  const quebec = closedDaysAround(['CA-QC'], at('2030-06-01T00:00:00Z'));
  expect([...quebec]).toEqual(expect.arrayContaining(['2030-06-24', '2030-07-01']));
  expect(closedDaysAround(['CA'], at('2030-06-01T00:00:00Z')).has('2030-06-24')).toBe(false);
  expect(closedDaysAround(['CA-ON'], at('2030-06-01T00:00:00Z')).has('2030-06-24')).toBe(false);
});

/** What a clock on the wall shows, asked of the platform rather than of our own arithmetic. */
function wallOf(instant: Date, timeZone: string): { day: string; weekday: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = `${of('year')}-${of('month')}-${of('day')}`;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { day, weekday, minute: Number(of('hour')) * 60 + Number(of('minute')) };
}

/** The same question, answered from the day’s rules alone. */
function opens({ hours, timeZone, holidays }: Week, instant: Date): boolean {
  const spans = readOpeningHours(hours)?.week ?? [];
  const { day, weekday, minute } = wallOf(instant, timeZone);
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const on = (date: string, number: number) => (holidays.has(date) ? [] : (spans[number] ?? []));
  return (
    on(day, weekday).some(({ from, until }) => from <= minute && minute < until) ||
    on(before, (weekday + 6) % 7).some(({ from, until }) => from <= minute + 1440 && minute + 1440 < until)
  );
}

const times = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const spans = fc.tuple(times, times).filter(([from, until]) => from !== until);
const rules = fc
  .tuple(fc.subarray(['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'], { minLength: 1 }), spans)
  .map(([days, [from, until]]) => `${days.join(',')} ${from}-${until}`);
/** Zones of every kind: half an hour and 45 minutes off, half an hour of summer time, a midnight that is skipped. */
const zones = fc.constantFrom(
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'America/Toronto',
  'Pacific/Chatham',
  'America/Asuncion',
  'UTC',
);
/** Around the days on which clocks change, and a leap day. */
const days = fc.constantFrom('2026-03-08', '2026-04-05', '2026-10-04', '2026-11-01', '2028-02-29', '2026-09-27');
const instants = fc
  .tuple(days, fc.integer({ min: -3 * 96, max: 3 * 96 }))
  .map(([day, quarters]) => new Date(Date.parse(`${day}T00:00:00Z`) + quarters * 15 * 60_000));
const weeks = fc.record({
  hours: fc.array(rules, { minLength: 1, maxLength: 3 }).map((all) => all.join('; ')),
  timeZone: zones,
  holidays: fc.subarray(['2026-03-08', '2026-10-04', '2026-11-01', '2028-02-29']).map((list) => new Set(list)),
});

test('in every zone a week is open when the clock on the wall says so, and changes exactly where it is said to', () => {
  fc.assert(
    fc.property(weeks, instants, (of, instant) => {
      const isOpen = opens(of, instant);
      expect(isOpenAt(of, instant)).toBe(isOpen);
      const change = nextChange(of, instant);
      if (!change) return;
      expect(opens(of, change)).toBe(!isOpen);
      expect(opens(of, new Date(change.getTime() - 1))).toBe(isOpen);
      // Rules and clocks change on quarters of an hour.
      const most = Math.min(change.getTime(), instant.getTime() + 3 * 86_400_000);
      for (let time = instant.getTime(); time < most; time += 15 * 60_000)
        expect(opens(of, new Date(time)), new Date(time).toISOString()).toBe(isOpen);
    }),
    propertyOptions(400),
  );
}, 36_000_000);
