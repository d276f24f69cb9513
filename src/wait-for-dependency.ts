import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';

/** A dependency that a start needs, and that may become available later. */
export interface AwaitedDependency {
  /** Its name in logs and error messages: "PostgreSQL". */
  readonly name: string;
  /** The environment variable that holds its address. */
  readonly variable: string;
  /** Rejects while it is unavailable. */
  readonly check: () => Promise<unknown>;
  /** Whether an error is transient. A wrong password is not. */
  readonly isAway: (error: unknown) => boolean;
}

const askEveryMilliseconds = 500;
const sayEveryMilliseconds = 5_000;

/** Resolve when the part answers; log while waiting for it. Rejects after `seconds`, with a clear message. */
export async function waitForDependency(part: AwaitedDependency, seconds: number, log: Logger): Promise<void> {
  const begun = performance.now();
  let saidAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      await part.check();
      if (saidAt > 0) log.info({ part: part.name }, 'dependency available, start continues');
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
        log.warn({ part: part.name, error, secondsLeft }, 'waiting for a dependency at start');
      }
      await wait(askEveryMilliseconds);
    }
  }
}

/** An address with two IPs fails with an aggregate error, whose own message is empty. */
const whyOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(whyOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};
