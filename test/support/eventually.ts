import { setTimeout as wait } from 'node:timers/promises';

/** Asks again until `ask` no longer throws; after `seconds` its error is the answer. For what runs beside the test. */
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
