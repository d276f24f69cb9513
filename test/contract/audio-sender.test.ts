import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express from 'express';
import { beforeAll, expect, test } from 'vitest';
import type { Recordings } from '../../src/core/recordings/ports.js';
import { audioTools } from '../../src/media/audio-tools.js';
import { audioSender } from '../../src/web/http/audio-sender.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { testRecordings } from '../support/recordings.js';

const mebibyte = 1024 * 1024;
/** A plain WAV of some 19 MB. */
const long = wav(1200);
const storageKey = 'company/long.wav';

let recordings: Recordings;
let port: number;
beforeAll(async () => {
  recordings = await testRecordings();
  await recordings.put(storageKey, [long], 'audio/wav');
  const audio = audioTools(recordings);
  const send = audioSender({ recordings, audio });
  const app = express();
  app.get('/audio', (request, response) =>
    send(request, response, { storageKey, mimeType: 'audio/wav', bytes: long.length }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
    await audio.close();
  });
});

/** A client that reads only the first bytes. */
async function slowListener(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET /audio HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  return socket;
}

test('many slow listeners of a plain WAV hold little memory', { timeout: 60_000 }, async () => {
  const before = process.memoryUsage().arrayBuffers;
  const listeners: Socket[] = [];
  for (let n = 0; n < 20; n += 1) listeners.push(await slowListener());
  const held = process.memoryUsage().arrayBuffers - before;
  for (const listener of listeners) listener.destroy();
  expect(held).toBeLessThan(100 * mebibyte);
});

test('a plain WAV comes whole, and in ranges', async () => {
  const url = `http://127.0.0.1:${port}/audio`;
  const whole = await fetch(url);
  expect(whole.headers.get('content-type')).toBe('audio/wav');
  expect(Buffer.from(await whole.arrayBuffer()).equals(long)).toBe(true);
  const part = await fetch(url, { headers: { range: 'bytes=40-49' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 40-49/${long.length}`]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(long.subarray(40, 50));
  expect((await fetch(url, { headers: { range: `bytes=${long.length}-` } })).status).toBe(416);
});
