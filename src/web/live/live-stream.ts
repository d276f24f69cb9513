import type { Request, RequestHandler, Response } from 'express';
import type { Deps } from '../../core/deps.js';
import type { UserId } from '../../core/ids.js';
import { visitorOf } from '../http/visitor.js';

/** Shorter than the idle timeout of common proxies. */
const heartbeatMilliseconds = 20_000;
/** The browser's delay before it reconnects after a broken stream. */
const retryMilliseconds = 2_000;
/**
 * The browser's delay after its stream was closed for a newer one of the same person, so that the tabs take turns
 * without a busy loop.
 */
const makeRoomMilliseconds = 60_000;

/** The most open streams. */
export interface LiveLimits {
  /** Per person. The oldest is closed for a new one, because the newest tab is likely the visible one. */
  readonly each: number;
  readonly total: number;
}

/** The stream that tells open pages that their person's data changed. */
export interface LiveStreams {
  readonly listen: RequestHandler;
  /** Close every stream and refuse new ones, so that the server can stop. */
  close(): void;
}

/** An open stream. Either side ends it, once, which releases everything it holds. */
interface Stream {
  readonly userId: UserId;
  end(farewell?: string): void;
}

/**
 * A stream's states: requested (only `close` is handled), open (subscribed, with a heartbeat), ended. The client may
 * disconnect in any state. A stream is open only while its session is valid and its person may use the app; both are
 * checked again at every change of that person's data and at every heartbeat.
 */
export function liveStreams(deps: Deps, limits: LiveLimits = { each: 10, total: 2_000 }): LiveStreams {
  /** In the order in which they were opened. */
  const open = new Set<Stream>();
  let isClosed = false;

  return {
    listen: async (request, response) => {
      let hasLeft = false;
      response.on('close', () => {
        hasLeft = true;
      });
      // A write after the client has disconnected, or after the end, is not an error.
      response.on('error', () => {});
      if (isClosed || open.size >= limits.total) return void response.set('Retry-After', '30').status(503).end();
      const userId = await userForStream(deps, request);
      if (hasLeft) return;
      // 204 tells the browser not to reconnect.
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

/** The user whose stream this request may open; undefined when it may open none. */
async function userForStream(deps: Deps, request: Request): Promise<UserId | undefined> {
  const visitor = await visitorOf(deps, request);
  return visitor?.closed === undefined ? visitor?.session.userId : undefined;
}

function openStream(deps: Deps, request: Request, response: Response, userId: UserId, onEnd: () => void): Stream {
  let hasEnded = false;
  /** Many changes at the same time share one check. */
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
    // Without it nginx would buffer the events.
    'X-Accel-Buffering': 'no',
  });
  write(`retry: ${retryMilliseconds}\n\n`);
  return { userId, end };

  /** End the stream when the session is over; false when it has ended. An unavailable database does not end it. */
  function check(): Promise<boolean> {
    checking ??= userForStream(deps, request)
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
