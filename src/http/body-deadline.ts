import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * The minimum rate of a body, so that a client cannot hold a connection and an upload slot by sending a byte now and
 * then.
 */
export interface BodyPace {
  /** Grace period without a minimum rate. */
  readonly graceSeconds: number;
  /** The average rate since the start, after the grace period. 8 kB/s is a slow mobile connection. */
  readonly bytesPerSecond: number;
  readonly mostSeconds: number;
}

/** The largest upload, 25 MB, must arrive at 100 kB/s. */
const bodyPace: BodyPace = { graceSeconds: 10, bytesPerSecond: 8_000, mostSeconds: 250 };

const lookEveryMilliseconds = 1000;

/** End requests whose bodies are too slow: 408, and the connection is closed. Mounted before everything else. */
export const bodyDeadline =
  (log: Logger, pace: BodyPace = bodyPace): RequestHandler =>
  (request, response, next) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (encoding === undefined && !Number(length)) return next();

    const begun = performance.now();
    const { socket } = request;
    const before = socket.bytesRead;
    let timer = setTimeout(look, pace.graceSeconds * 1000);
    const stop = () => clearTimeout(timer);
    request.once('end', stop);
    // After an early answer Node reads the rest of the body, under the same deadline; `close` comes after that.
    request.once('close', stop);
    next();

    function look(): void {
      if (request.complete || socket.destroyed) return;
      const seconds = (performance.now() - begun) / 1000;
      const isSlow = socket.bytesRead - before < pace.bytesPerSecond * (seconds - pace.graceSeconds);
      if (seconds < pace.mostSeconds && !isSlow) {
        timer = setTimeout(look, lookEveryMilliseconds);
        return;
      }
      log.info({ seconds: Math.round(seconds), bytes: socket.bytesRead - before }, 'request body too slow');
      if (response.headersSent) return void socket.destroy();
      response.set('Connection', 'close').status(408).type('text').send('The body came too slowly.\n');
      response.once('finish', () => socket.destroy());
    }
  };
