import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { limitPipelining } from '../../../src/http/pipelining-limit.js';
import { atTheEnd } from '../../support/clean-up.js';
import { eventually } from '../../support/eventually.js';
import { answerOn, openSocket, statusesIn } from '../../support/raw-http.js';

let origin: string;
/** The requests that reached the application, which answers none of them by itself. */
let asked: ServerResponse[] = [];

beforeAll(async () => {
  const server = createServer(limitPipelining((_request, response) => void asked.push(response)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
});

afterEach(() => {
  asked = [];
});

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

test('a flood of requests on one connection is cut off after a few', async () => {
  const socket = await openSocket(origin);
  socket.write(get.repeat(5_000));
  await new Promise((closed) => socket.once('close', closed));
  expect(asked.length).toBe(10);
});

test('a connection may be used for as many requests as one likes, a few at a time', async () => {
  const socket = await openSocket(origin);
  const answer = answerOn(socket);
  for (let round = 0; round < 20; round += 1) {
    const before = asked.length;
    socket.write(get.repeat(10));
    await eventually(async () => expect(asked.length).toBe(before + 10));
    const answered = asked.slice(before).map((response) => once(response, 'close'));
    for (const response of asked.slice(before)) response.end();
    await Promise.all(answered);
  }
  socket.end();
  expect(statusesIn(await answer)).toHaveLength(200);
});
