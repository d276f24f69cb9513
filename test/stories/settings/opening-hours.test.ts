import { expect, test } from 'vitest';
import { isCalendarDay, readOpeningHours, readTimeSpan } from '../../../src/core/routing/opening-hours.js';

/** Return `Mo 540-1020` for each day with hours. */
function week(text: string): string[] {
  const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
  const read = readOpeningHours(text);
  if (!read) throw new Error(`${text} was not read`);
  return read.week.flatMap((spans, day) =>
    spans.length === 0 ? [] : `${days[day]} ${spans.map(({ from, until }) => `${from}-${until}`).join(' ')}`,
  );
}

test('days and times make a week', () => {
  expect(week('Mo-Tu 09:00-17:00; Sa 10:00-14:00')).toEqual(['Mo 540-1020', 'Tu 540-1020', 'Sa 600-840']);
  expect(week('Mo,We 08:00-12:00,13:00-17:00')).toEqual(['Mo 480-720 780-1020', 'We 480-720 780-1020']);
  expect(week('24/7')).toHaveLength(7);
  expect(week('00:00-24:00')).toHaveLength(7);
});

test('of two rules for one day the later counts, off too', () => {
  expect(week('Mo-We 09:00-17:00; Tu 10:00-11:00; We off')).toEqual(['Mo 540-1020', 'Tu 600-660']);
});

test('a range of days goes over Sunday, and one of times over midnight', () => {
  expect(week('Sa-Mo 22:00-02:00')).toEqual(['Mo 1320-1560', 'Sa 1320-1560', 'Su 1320-1560']);
});

test.each([
  ['mo-fr 9:00-17:00', 'Mo-Fr 09:00-17:00'],
  ['MO - FR  09:00 - 12:00 , 13:00-17:00 ;', 'Mo-Fr 09:00-12:00,13:00-17:00'],
  ['Sa 22:00-02:00; su CLOSED', 'Sa 22:00-02:00; Su off'],
  ['Mo-Fr 09:00-17:00; PH off', 'Mo-Fr 09:00-17:00'],
])('%j is written %j, and that reads the same', (typed, written) => {
  expect(readOpeningHours(typed)?.text).toBe(written);
  expect(readOpeningHours(written)).toEqual(readOpeningHours(typed));
});

test.each([
  '',
  ';',
  'Mo-Fr',
  'always',
  'Mo-Xx 09:00-17:00',
  'Mo-We-Fr 09:00-17:00',
  'Mo 09:00',
  'Mo 09:00-09:00',
  'Mo 9-17',
  'Mo 24:00-02:00',
  'Mo 25:00-26:00',
  'Mo 09:60-10:00',
  'Mo 13:00-17:00,09:00-12:00',
  'PH off',
  'Jan-Mar 09:00-17:00',
  `${'Mo 09:00-17:00;'.repeat(21)}`,
  `Mo ${'-'.repeat(2000)}`,
])('%j is no week', (text) => {
  expect(readOpeningHours(text)).toBeUndefined();
});

test('a span of time goes over midnight, and has a length', () => {
  expect(readTimeSpan('22:00-07:00')).toEqual({ from: 1320, until: 1860 });
  expect(readTimeSpan('12:00-13:30')).toEqual({ from: 720, until: 810 });
  for (const text of ['', '22:00', '22:00-22:00', '22:00-07:00-08:00', 'a-b'])
    expect(readTimeSpan(text)).toBeUndefined();
});

test('a day is one of the calendar', () => {
  expect(isCalendarDay('2028-02-29')).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', 'today'])
    expect(isCalendarDay(text)).toBe(false);
});
