import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Something that a start needs and that may come up later than we do. */
export interface AwaitedPart {
  /** As in the log and in the last words: "PostgreSQL". */
  readonly name: string;
  /** The name in the environment that says where it is. */
  readonly variable: string;
  /** Rejects while it is away. */
  readonly check: () => Promise<unknown>;
  /** Whether the error may go away by itself. A wrong password does not. */
  readonly isAway: (error: unknown) => boolean;
}

const askEveryMilliseconds = 500;
const sayEveryMilliseconds = 5_000;

/** Resolves when the part answers, and logs meanwhile that it is waited for. Rejects after `seconds`, with a clear line. */
export async function waitForPart(part: AwaitedPart, seconds: number, log: Logger): Promise<void> {
  const begun = performance.now();
  let saidAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      await part.check();
      if (saidAt > 0) log.info({ part: part.name }, 'part is back, start goes on');
      return;
    } catch (error) {
      if (!part.isAway(error)) throw error;
      const now = performance.now();
      const secondsLeft = Math.round(seconds - (now - begun) / 1000);
      if (secondsLeft <= 0)
        throw new Error(`${part.name} did not answer for ${seconds} s (${part.variable}): ${whyOf(error)}`, {
          cause: error,
        });
      if (now - saidAt >= sayEveryMilliseconds) {
        saidAt = now;
        log.warn({ part: part.name, error, secondsLeft }, 'waiting for a part before the start');
      }
      await wait(askEveryMilliseconds);
    }
  }
}

/** An address with two IPs fails with both errors in one, whose own message is empty. */
const whyOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(whyOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};
