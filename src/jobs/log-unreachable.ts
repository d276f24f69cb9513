import type { Logger } from 'pino';

const quietMilliseconds = 60_000;

/**
 * Return a listener that logs an unreachable queue at most once a minute, because clients report every attempt to
 * connect, several times a second.
 */
export function logUnreachable(log: Logger): (error: Error) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    if (performance.now() - saidAt < quietMilliseconds) return;
    saidAt = performance.now();
    log.warn({ error: message }, 'queue unreachable');
  };
}
