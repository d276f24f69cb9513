import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { batched } from '../../src/core/coalesce-calls.js';

const place = {};

/** Doubles numbers, records its batches, and rejects any batch that holds a zero. */
function doubling(sharing: Parameters<typeof batched<object, number, number>>[1] = {}) {
  const groups: (readonly number[])[] = [];
  const double = batched<object, number, number>(async (_place, numbers) => {
    groups.push(numbers);
    await wait(5);
    if (numbers.includes(0)) throw new Error('nought');
    return numbers.map((number) => number * 2);
  }, sharing);
  return { groups, double: (number: number) => double(place, number) };
}

test('what comes together is done together, and what comes meanwhile waits for the next', async () => {
  const { groups, double } = doubling();
  const first = [double(1), double(2)];
  await wait(2);
  expect(await Promise.all([...first, double(3), double(4)])).toEqual([2, 4, 6, 8]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('one that fails does not fail its neighbours', async () => {
  const { groups, double } = doubling();
  const outcomes = await Promise.allSettled([1, 0, 3].map(double));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([[1, 0, 3], [1], [0], [3]]);
  expect(await double(5)).toBe(10);
});

test('groups are no larger than they may be, and what is to be kept apart is', async () => {
  const { groups, double } = doubling({ most: 2, apartBy: (number) => String(number % 2) });
  await Promise.all([2, 4, 6, 1, 3].map(double));
  expect(groups.toSorted()).toEqual([[1, 3], [2, 4], [6]]);
});

test('in a busy hour a group waits for more, yet never for more than it may be', async () => {
  const { groups, double } = doubling({ most: 2, everyMilliseconds: 300 });
  expect(await double(1)).toBe(2);
  // The first batch is done; without the pace 2 would be sent alone.
  const second = double(2);
  await wait(1);
  expect(await Promise.all([second, double(3), double(4)])).toEqual([4, 6, 8]);
  expect(groups).toEqual([[1], [2, 3], [4]]);
});
