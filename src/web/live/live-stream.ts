import type { Request, RequestHandler, Response } from 'express';
import type { Deps } from '../../core/deps.js';
import type { UserId } from '../../core/ids.js';
import { visitorOf } from '../http/visitor.js';

/** Often enough that no proxy takes the silence for the end. */
const heartbeatMilliseconds = 20_000;
/** How soon the browser comes back when a stream breaks. */
const retryMilliseconds = 2_000;
/** And when it was ended for a newer one of the same person: every tab is live in turn, and none in a busy loop. */
const makeRoomMilliseconds = 60_000;

export interface LiveLimits {
  /** Of one person. The oldest ends for a new one: the newest is the tab somebody looks at. */
  readonly each: number;
  readonly total: number;
}

/** The stream on which open pages hear that something of their person's has changed. */
export interface Live {
  readonly listen: RequestHandler;
  /** Ends every stream and opens no more, so that the server can stop. */
  close(): void;
}

/** A stream that is open. It ends once, by whichever side: then nothing of it is left. */
interface Stream {
  readonly userId: UserId;
  end(farewell?: string): void;
}

/**
 * A stream's states: requested (only `close` is listened to), open (subscribed, with a heartbeat), ended. A client may
 * leave in any of them. A stream is open only while its session is and its person may use the app; both are looked up
 * again at every change of that person's and at every heartbeat.
 */
export function liveStream(deps: Deps, limits: LiveLimits = { each: 10, total: 2_000 }): Live {
  /** In the order in which they were opened. */
  const open = new Set<Stream>();
  let isClosed = false;

  return {
    listen: async (request, response) => {
      let hasLeft = false;
      response.on('close', () => {
        hasLeft = true;
      });
      // Written to after the client left, or after its end: there is nobody to tell.
      response.on('error', () => {});
      if (isClosed || open.size >= limits.total) return void response.set('Retry-After', '30').status(503).end();
      const userId = await entitled(deps, request);
      if (hasLeft) return;
      // 204 is how a stream says: do not come back.
      if (userId === undefined) return void response.status(204).end();
      if (isClosed) return void response.set('Retry-After', '5').status(503).end();
      const stream = openStream(deps, request, response, userId, () => open.delete(stream));
      open.add(stream);
      makeRoom(userId);
    },
    close: () => {
      isClosed = true;
      for (const stream of open) stream.end();
    },
  };

  function makeRoom(userId: UserId): void {
    const mine = [...open].filter((stream) => stream.userId === userId);
    for (const oldest of mine.slice(0, -limits.each)) oldest.end(`retry: ${makeRoomMilliseconds}\n\n`);
  }
}

/** The user whose stream this request may open; undefined: the request may open none any more. */
async function entitled(deps: Deps, request: Request): Promise<UserId | undefined> {
  const visitor = await visitorOf(deps, request);
  return visitor?.closed === undefined ? visitor?.session.userId : undefined;
}

function openStream(deps: Deps, request: Request, response: Response, userId: UserId, onEnd: () => void): Stream {
  let hasEnded = false;
  /** A busy hour brings many changes at once: they share a look. */
  let checking: Promise<boolean> | undefined;
  const write = (text: string) => {
    if (!hasEnded && !response.writableEnded && !response.destroyed) response.write(text);
  };
  const stopListening = deps.changes.subscribe(userId, () => {
    write('event: change\ndata: \n\n');
    void check();
  });
  const heartbeat = setInterval(async () => {
    if (await check()) write(': still here\n\n');
  }, heartbeatMilliseconds);
  const end = (farewell = '') => {
    if (hasEnded) return;
    write(farewell);
    hasEnded = true;
    clearInterval(heartbeat);
    stopListening();
    onEnd();
    response.end();
  };
  response.on('close', () => end());
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    // nginx would hold the events back.
    'X-Accel-Buffering': 'no',
  });
  write(`retry: ${retryMilliseconds}\n\n`);
  return { userId, end };

  /** Ends the stream where the session is over; false: it has ended. A database that is away is no reason to. */
  function check(): Promise<boolean> {
    checking ??= entitled(deps, request)
      .then(
        (still) => still !== userId && end(),
        () => {},
      )
      .then(() => {
        checking = undefined;
        return !hasEnded;
      });
    return checking;
  }
}
