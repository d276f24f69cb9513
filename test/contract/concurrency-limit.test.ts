import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { concurrencyLimit, fairConcurrencyLimit } from '../../src/core/concurrency-limit.js';

/** Work that runs until it is ended; `begun` lists what has begun, in order. */
function heldWork() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    work: (name: string) => () =>
      new Promise<void>((resolve) => {
        begun.push(name);
        ends.set(name, resolve);
      }),
    async end(name: string) {
      ends.get(name)?.();
      await settled();
    },
  };
}

test('work beyond the limit waits in order of arrival', async () => {
  const { begun, work, end } = heldWork();
  const limited = concurrencyLimit(2);
  for (const name of ['a', 'b', 'c', 'd']) void limited(work(name));
  await settled();
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  await end('a');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('an owner whose work never ends leaves room for the others', async () => {
  const { begun, work } = heldWork();
  const limited = fairConcurrencyLimit({ total: 4, each: 2 });
  for (const name of ['slow 1', 'slow 2', 'slow 3', 'slow 4', 'slow 5']) void limited('slow', work(name));
  void limited('other', work('other'));
  await settled();
  expect(begun).toEqual(['slow 1', 'slow 2', 'other']);
});

test('owners take turns, however long the queue of one of them is', async () => {
  const { begun, work, end } = heldWork();
  const limited = fairConcurrencyLimit({ total: 1, each: 1 });
  for (const name of ['a1', 'a2', 'a3']) void limited('a', work(name));
  void limited('b', work('b1'));
  void limited('c', work('c1'));
  await settled();
  for (const name of ['a1', 'b1', 'c1', 'a2', 'a3']) await end(name);
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
});

test('work that fails gives its place to the next, and nothing is remembered of an owner who is done', async () => {
  const limited = fairConcurrencyLimit({ total: 1, each: 1 });
  const failing = limited('a', async () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  await expect(limited('b', async () => 'done')).resolves.toBe('done');
});
