import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, expect, test } from 'vitest';
import { bodyDeadline } from '../../../src/http/body-deadline.js';
import { createLog } from '../../../src/log.js';
import { atTheEnd } from '../../support/clean-up.js';
import { answerOn, openSocket, rawPost, statusesIn } from '../../support/raw-http.js';

let origin: string;
const ended: string[] = [];

beforeAll(async () => {
  const log = createLog({ level: 'silent', format: 'json' });
  const app = express();
  app.use(bodyDeadline(log, { graceSeconds: 0.5, bytesPerSecond: 1000, mostSeconds: 3 }));
  app.post('/read', express.text({ type: () => true, limit: '1mb' }), (request, response) => {
    response.send(String(request.body.length));
  });
  app.post('/early', (_request, response) => {
    response.status(401).send('No.');
    response.once('close', () => ended.push('early'));
  });
  app.use(((_error, _request, response, _next) => {
    if (!response.headersSent) response.status(400).end();
  }) as express.ErrorRequestHandler);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
});

/** Send a body of `length` bytes, `bytes` every `milliseconds`, until stopped or cut off. */
async function trickle(
  path: string,
  { bytes, milliseconds, length = 100_000 }: Record<string, number> & { bytes: number; milliseconds: number },
) {
  const socket = await openSocket(origin);
  socket.write(rawPost({ path, headers: {}, body: Buffer.alloc(0) }, length));
  let left = length;
  const timer = setInterval(() => {
    const now = Math.min(bytes, left);
    left -= now;
    if (now > 0 && socket.writable) socket.write(Buffer.alloc(now, 'x'));
  }, milliseconds);
  const answer = await answerOn(socket, 10);
  clearInterval(timer);
  return answer;
}

test('a body that trickles is answered with 408 and cut off', async () => {
  expect(statusesIn(await trickle('/read', { bytes: 1, milliseconds: 20 }))).toEqual([408]);
});

test('a body that never comes is answered with 408', async () => {
  expect(statusesIn(await trickle('/read', { bytes: 0, milliseconds: 1000 }))).toEqual([408]);
});

test('a body that comes steadily but takes too long is cut off', async () => {
  expect(statusesIn(await trickle('/read', { bytes: 200, milliseconds: 20, length: 1_000_000 }))).toEqual([408]);
});

test('a slow but fair body is taken', async () => {
  const answer = await trickle('/read', { bytes: 1000, milliseconds: 100, length: 12_000 });
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*12000$/);
});

test('a body that trickles on after it was answered is cut off too', async () => {
  // Otherwise this would wait for the end of its ten seconds.
  expect(statusesIn(await trickle('/early', { bytes: 1, milliseconds: 20 }))).toEqual([401]);
  expect(ended).toEqual(['early']);
});
