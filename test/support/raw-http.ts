import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which a test writes HTTP byte by byte, unlike any client. */
export async function openSocket(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  // A server that closes early is one of the expected answers.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Read until the server closes; cut off after `seconds`. */
export async function answerOn(socket: Socket, seconds = 10): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  const timer = setTimeout(() => socket.destroy(new Error('the server did not close')), seconds * 1000);
  if (!socket.closed) await once(socket, 'close');
  clearTimeout(timer);
  return text;
}

/** The status of each answer on a connection. */
export const statusesIn = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

export interface RawRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A POST with this body, and a Content-Length of `length` or of the body. */
export function rawPost({ path, headers, body }: RawRequest, length = body.length): Buffer {
  const lines = Object.entries({
    Host: 'localhost',
    Connection: 'close',
    ...headers,
    'Content-Length': String(length),
  });
  const head = [`POST ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), body]);
}
