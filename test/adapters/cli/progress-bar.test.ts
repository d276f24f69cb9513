import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withProgress } from '../../../src/cli/progress-bar.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const look = (done: number) => async () => ({ step: 'checking', done, all: 100_000 });

/** What is written while the work takes so long. */
async function written(milliseconds: number, isTTY: boolean, looking: Parameters<typeof withProgress>[0]) {
  const texts: string[] = [];
  const work = new Promise<string>((resolve) => setTimeout(() => resolve('done'), milliseconds));
  const result = withProgress(looking, work, { isTTY, write: (text) => texts.push(text) });
  await vi.advanceTimersByTimeAsync(milliseconds);
  expect(await result).toBe('done');
  return texts;
}

test('a person sees a bar in one line, which is gone at the end', async () => {
  const texts = await written(300, true, look(50_000));
  expect(texts).toEqual(['\r\x1b[K' + 'checking  [############------------]  50,000 of 100,000', '\r\x1b[K']);
});

test('a log has a line every few seconds, without control characters', async () => {
  expect(await written(11_000, false, look(7_000))).toEqual(Array(2).fill('checking: 7,000 of 100,000\n'));
});

test('short work and a database that does not answer show nothing, and the work goes on', async () => {
  expect(await written(200, false, look(1))).toEqual([]);
  expect(await written(11_000, false, () => Promise.reject(new Error('away')))).toEqual([]);
});

test('work that fails fails', async () => {
  const work = withProgress(look(1), Promise.reject(new Error('no')), { isTTY: false, write: () => {} });
  await expect(work).rejects.toThrow('no');
});
