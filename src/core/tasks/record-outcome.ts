import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { isUnavailable } from '../errors.js';

/** A database fails over within a minute or two; afterwards another worker may hold a lease that ran out. */
const mostMinutes = 5;

/**
 * Record an outside effect that has happened (a platform accepted a card, a mail server accepted a mail). Retries while
 * the database is unreachable, since an unrecorded effect is repeated. `record` must be idempotent: an earlier attempt
 * may have succeeded with its answer lost; `again` is true on every later attempt. Rejects after five minutes, or with
 * any other error.
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
      if (attemptNumber === 1 && isUnavailable(error))
        log.warn({ ...facts, error }, 'recording the outcome failed, retrying');
    },
  });
