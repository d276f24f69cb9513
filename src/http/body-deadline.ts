import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** How fast a body must come: nobody may hold a connection, and the place of an upload, by sending a byte now and then. */
export interface BodyPace {
  /** Grace period without a minimum rate. */
  readonly graceSeconds: number;
  /** On average since the start, afterwards. 8 kB/s is a bad mobile line. */
  readonly bytesPerSecond: number;
  readonly mostSeconds: number;
}

/** The largest upload, 25 MB, has to come at 100 kB/s. */
const bodyPace: BodyPace = { graceSeconds: 10, bytesPerSecond: 8_000, mostSeconds: 250 };

const lookEveryMilliseconds = 1000;

/** Ends requests whose bodies trickle: 408, and the connection is closed. Stands in front of everything. */
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
    // When it is answered early Node reads the rest, to the same deadline; `close` comes after that.
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
