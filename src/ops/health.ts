import { type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from '../request-id.js';

/** The dependencies that must work; each function rejects with the reason when its dependency does not. */
export type ReadinessChecks = Readonly<
  Record<'database' | 'queue' | 'recordings' | 'event loop', () => Promise<unknown>>
>;

/** A dependency that does not answer within this time is unavailable. */
const timeoutMilliseconds = 2000;

/**
 * Create the routes. `/healthz`: the process is alive. `/readyz`: all dependencies work, otherwise 503 with the
 * unavailable ones.
 */
export function healthRoutes(parts: ReadinessChecks, log: Logger): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  router.get('/readyz', ready(parts, log));
  return router;
}

const ready =
  (parts: ReadinessChecks, log: Logger): RequestHandler =>
  async (_request, response) => {
    const requestId = requestIdOf(response);
    const states = await Promise.all(
      Object.entries(parts).map(async ([name, check]) => {
        const reason = await reasonAgainst(check);
        if (reason !== undefined) log.warn({ requestId, part: name, error: reason }, 'not ready');
        return [name, reason === undefined ? 'ok' : 'away'] as const;
      }),
    );
    const away = states.flatMap(([name, state]) => (state === 'away' ? [name] : []));
    response
      .status(away.length === 0 ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: away.length === 0 ? 'ready' : 'not ready', away, parts: Object.fromEntries(states) });
  };

/** Why a dependency cannot be used; undefined when it can. */
async function reasonAgainst(check: () => Promise<unknown>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('does not answer'), timeoutMilliseconds);
  });
  const asked = check().then(
    () => undefined,
    (error: Error) => error.message,
  );
  const reason = await Promise.race([asked, late]);
  clearTimeout(timer);
  return reason;
}
