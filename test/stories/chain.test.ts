import { expect, test } from 'vitest';
import { type Company, followChain } from '../../src/core/out-of-office/chain.js';
import type { Period } from '../../src/core/out-of-office/period.js';
import type { Person } from '../../src/core/people/person.js';

const day = (number: number) => new Date(Date.UTC(2026, 11, number));
const person = (name: string, personalNumber?: string) =>
  ({ id: name, displayName: name, userType: 'business', personalNumber }) as unknown as Person;
const away = (name: string, from: number, until: number | undefined, backupId?: string) =>
  ({
    userId: name,
    startsAt: day(from),
    endsAt: until === undefined ? undefined : day(until),
    backupId,
  }) as unknown as Period;

function gapsOf(periods: readonly Period[], people: readonly Person[]): string {
  const company: Company = { people: new Map(people.map((one) => [one.id, one])), periods };
  const chain = followChain(
    'ann' as Person['id'],
    'bo' as Person['id'],
    { startsAt: day(1), endsAt: day(10) },
    company,
  );
  if (chain.kind === 'circle') return `circle ${chain.circle.join(' ')}`;
  const days = (instant: Date | undefined) => instant?.getUTCDate() ?? 'ever';
  return chain.gaps
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
