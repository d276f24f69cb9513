import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { NoUploadSlot, uploadSlots } from '../../../src/http/upload-slots.js';

test('one owner has no more uploads under way than one may, and the next may come when one is done', async () => {
  const slots = uploadSlots({ total: 4, each: 2, waitSeconds: 1 });
  const first = await slots.take('ann');
  await slots.take('ann');
  await expect(slots.take('ann')).rejects.toMatchObject({ whose: 'yours', retrySeconds: 1 });
  await slots.take('bo');
  first();
  first();
  await slots.take('ann');
  await expect(slots.take('ann')).rejects.toThrow(NoUploadSlot);
});

test('an upload above the total waits for another to end, in the order of arrival', async () => {
  const slots = uploadSlots({ total: 2, each: 2, waitSeconds: 30 });
  const [a, b] = [await slots.take('a'), await slots.take('b')];
  const order: string[] = [];
  const taking = (owner: string) =>
    slots.take(owner).then((release) => {
      order.push(owner);
      return release;
    });
  const [c, d] = [taking('c'), taking('d')];
  await wait(20);
  expect(order).toEqual([]);
  a();
  (await c)();
  await d;
  expect(order).toEqual(['c', 'd']);
  b();
});

test('an upload that waited too long is refused, and holds nothing afterwards', async () => {
  const slots = uploadSlots({ total: 1, each: 1, waitSeconds: 0.05 });
  const a = await slots.take('a');
  await expect(slots.take('b')).rejects.toMatchObject({ whose: 'all' });
  await expect(slots.take('b')).rejects.toMatchObject({ whose: 'all' });
  a();
  (await slots.take('b'))();
});

test('costs are summed: many small uploads fit where few large ones do', async () => {
  const slots = uploadSlots({ total: 100, each: 90, waitSeconds: 0.05 });
  await slots.take('ann', 60);
  await expect(slots.take('ann', 31)).rejects.toMatchObject({ whose: 'yours' });
  for (let at = 0; at < 4; at += 1) await slots.take('bo', 10);
  await expect(slots.take('cleo', 1)).rejects.toMatchObject({ whose: 'all' });
});
