import { setTimeout as wait } from 'node:timers/promises';

/**
 * Repeat `ask` until it no longer throws; after `seconds`, reject with its error. For work that runs concurrently with
 * the test.
 */
export async function eventually<Result>(ask: () => Result | Promise<Result>, seconds = 10): Promise<Result> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(20);
    }
  }
}
