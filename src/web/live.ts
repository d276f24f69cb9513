import type { Request, RequestHandler, Response } from 'express';
import type { Deps } from '../core/deps.js';
import { sessionOf } from './session.js';

/** Often enough that no proxy takes the silence for the end. */
const heartbeatMilliseconds = 20_000;

/** The stream on which open pages hear that something of their person's has changed. */
export interface Live {
  readonly listen: RequestHandler;
  /** Ends every stream, so that the server can stop. */
  close(): void;
}

export function liveStream(deps: Deps): Live {
  const open = new Set<Response>();
  return {
    listen: async (request, response) => {
      const session = await sessionOf(deps, request);
      // 204 is how a stream says: do not come back.
      if (!session) return void response.status(204).end();
      open.add(response);
      stream(deps, request, response, session.userId, () => open.delete(response));
    },
    close: () => {
      for (const response of open) response.end();
    },
  };
}

function stream(
  deps: Deps,
  request: Request,
  response: Response,
  userId: Parameters<Deps['changes']['subscribe']>[0],
  closed: () => void,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    // nginx would hold the events back.
    'X-Accel-Buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const stop = deps.changes.subscribe(userId, () => response.write('event: change\ndata: \n\n'));
  const heartbeat = setInterval(async () => {
    const session = await sessionOf(deps, request).catch(() => 'unknown' as const);
    // Signed out elsewhere: the page finds out when it comes back.
    if (session === undefined) response.end();
    else response.write(': still here\n\n');
  }, heartbeatMilliseconds);
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
    closed();
  });
}
