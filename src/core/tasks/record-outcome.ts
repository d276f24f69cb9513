import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { isUnavailable } from '../errors.js';

/** A database fails over within a minute or two; a lease that ran out meanwhile may be another's by then. */
const mostMinutes = 5;

/**
 * Records what the outside has done already (a platform has taken a card, a mail server a mail): tries again while the
 * database is away, since what is forgotten here is sent a second time. `record` must be idempotent: an earlier try may
 * have been recorded and only its answer lost, then `again` is true. Rejects after five minutes, or with any other error.
 */
export const recordOutcome = <Result>(
  log: Logger,
  facts: Readonly<Record<string, string>>,
  record: (again: boolean) => Promise<Result>,
): Promise<Result> =>
  pRetry((attempt) => record(attempt > 1), {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 200,
    factor: 1.5,
    maxTimeout: 2000,
    maxRetryTime: mostMinutes * 60_000,
    shouldRetry: ({ error }) => isUnavailable(error),
    onFailedAttempt: ({ error, attemptNumber }) => {
      if (attemptNumber === 1 && isUnavailable(error)) log.warn({ ...facts, error }, 'outcome not recorded yet');
    },
  });
