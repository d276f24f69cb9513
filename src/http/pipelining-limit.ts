import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** No browser, proxy or provider sends a request before the answer to the one before it. */
const mostAtOnce = 10;

/**
 * End a connection with more unanswered requests than that. Node hands over every request that arrives on a connection
 * at once: a few kilobytes of requests whose answers nobody reads would open thousands of files and queries.
 */
export function limitPipelining(handle: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  return (request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }) => {
    const { socket } = request;
    // What arrived in one piece with the request too many is still handed over.
    if (socket.destroyed) return;
    const count = (unanswered.get(socket) ?? 0) + 1;
    if (count > mostAtOnce) return void socket.destroy();
    unanswered.set(socket, count);
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    handle(request, response);
  };
}
