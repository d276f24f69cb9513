import { expect, test } from 'vitest';
import { circleThrough, graphOf } from '../../../src/core/routing/backup-circle.js';
import { gaps } from '../../../src/core/routing/gaps.js';
import type { RoutingPeriod, RoutingPerson, RoutingRows } from '../../../src/core/routing/routing-rows.js';
import { routingCompany, routingPerson } from '../../support/routing-rows.js';

const day = (number: number) => new Date(Date.UTC(2026, 11, number));
const window = { startsAt: day(1), endsAt: day(10) };
const person = (id: string, personalNumber: string | null = null) => routingPerson(id, { personalNumber });
const away = (userId: string, from: number, until: number | undefined, backupId: string | null = null) =>
  ({
    userId,
    startsAt: day(from),
    endsAt: until === undefined ? null : day(until),
    backupId,
    number: null,
    backupAnswer: backupId === null ? 'none' : 'accepted',
  }) as RoutingPeriod;

/** The gaps of Ann's absence from the first to the tenth, when Bo covers. */
function gapsOf(periods: readonly RoutingPeriod[], people: readonly RoutingPerson[]): string {
  const ann = person('ann', '+14165550100');
  const rows: RoutingRows = {
    company: routingCompany(),
    asked: ann.id,
    people: new Map([ann, ...people].map((one) => [one.id, one])),
    periods: [away('ann', 1, 10, 'bo'), ...periods],
    presence: 'everybody-available',
    holidays: new Set(),
  };
  const circle = circleThrough(graphOf(rows), ann.id, day(1));
  if (circle) return `circle ${circle.join(' ')}`;
  const days = (instant: Date | undefined) => instant?.getUTCDate() ?? 'ever';
  return gaps(rows, window)
    .map(({ userId, startsAt, endsAt, because }) => `${userId} ${days(startsAt)}–${days(endsAt)} ${because}`)
    .join(', ');
}

const bo = person('bo', '+14165550101');
const boWithoutNumber = person('bo');
const cy = person('cy', '+14165550102');

test('a backup who is there can be reached', () => {
  expect(gapsOf([], [bo])).toBe('');
});

test('a backup without a number is a gap, before, between and after their own absences', () => {
  expect(gapsOf([], [boWithoutNumber])).toBe('bo 1–10 no-number');
  const absences = [away('bo', 7, 9, 'cy'), away('bo', 3, 5, 'cy')];
  expect(gapsOf(absences, [boWithoutNumber, cy])).toBe('bo 1–3 no-number, bo 5–7 no-number, bo 9–10 no-number');
  expect(gapsOf([away('bo', 1, undefined, 'cy')], [boWithoutNumber, cy])).toBe('');
});

test('hours in which the backup is out and nobody covers are a gap', () => {
  expect(gapsOf([away('bo', 3, undefined)], [bo])).toBe('bo 3–10 out');
});

test('two may cover for each other, only not at the same time', () => {
  expect(gapsOf([away('bo', 3, 5, 'ann')], [bo])).toBe('circle ann bo ann');
  expect(gapsOf([away('bo', 10, 12, 'ann')], [bo])).toBe('');
});
