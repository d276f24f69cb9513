import type { Logger } from 'pino';

const quietMilliseconds = 60_000;

/** Logs that the queue is away, at most once a minute: clients fail at every try to connect, several times a second. */
export function logUnreachable(log: Logger): (error: Error) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    if (performance.now() - saidAt < quietMilliseconds) return;
    saidAt = performance.now();
    log.warn({ error: message }, 'the queue is away');
  };
}
