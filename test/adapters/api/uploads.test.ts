import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { beforeAll, expect, test } from 'vitest';
import { apiAdapter } from '../../../src/api/listen.js';
import type { Deps } from '../../../src/core/deps.js';
import { s3Recordings } from '../../../src/media/s3-recordings.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { localS3, s3ConfigOf } from '../../support/s3.js';

const key = 'a-key-of-the-environment';
const authorization = `Bearer ${key}`;

let company: Company;
let url: string;
beforeAll(async () => {
  company = await testCompany();
  url = await open(company);
});

/** Serve the API of a company at its own address. */
async function open({ deps }: Pick<Company, 'deps'>): Promise<string> {
  const app = express();
  const { router } = apiAdapter(deps, { apiKey: key });
  if (router) app.use(router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Post a message, its audio first; undefined metadata, or audio of null, omits that part. */
async function upload(at: string, metadata: unknown, audio: Blob | null = new Blob([new Uint8Array(wav(3))])) {
  const form = new FormData();
  if (audio) form.set('audio', audio, 'message.wav');
  if (metadata !== undefined) form.set('metadata', typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  return fetch(`${at}/api/v1/voicemails`, { method: 'POST', headers: { authorization }, body: form });
}

const message = () => ({ sourceId: randomUUID(), mailbox: { extension: '101' } });
const filesKept = async () => {
  const keys: string[] = [];
  for await (const key of company.deps.recordings.list()) keys.push(key);
  return keys.length;
};

test('the store gets the audio while it comes, before it is all there', async () => {
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const put: Deps['recordings']['put'] = (key, audio, ...more) => {
    async function* watched() {
      for await (const chunk of audio) {
        begun();
        yield chunk;
      }
    }
    return company.deps.recordings.put(key, watched(), ...more);
  };
  const at = await open({ deps: { ...company.deps, recordings: { ...company.deps.recordings, put } } });
  const part = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"`;
  const spoken = wav(10);
  async function* body() {
    yield Buffer.from(`${part('audio')}; filename="a.wav"\r\n\r\n`);
    yield spoken.subarray(0, 100_000);
    await hasBegun;
    yield spoken.subarray(100_000);
    yield Buffer.from(`\r\n${part('metadata')}\r\n\r\n${JSON.stringify(message())}\r\n--x--\r\n`);
  }
  const response = await fetch(`${at}/api/v1/voicemails`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'multipart/form-data; boundary=x' },
    body: Readable.toWeb(Readable.from(body())) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ durationSeconds: 10 });
});

test('the store keeps nothing of a message that is refused, or was here already', async () => {
  const again = message();
  expect((await upload(url, again)).status).toBe(201);
  const before = await filesKept();
  expect((await upload(url, again)).status).toBe(200);
  expect((await upload(url, { ...message(), mailbox: { extension: '999' } })).status).toBe(404);
  expect((await upload(url, '{')).status).toBe(400);
  expect((await upload(url, undefined)).status).toBe(400);
  expect((await upload(url, message(), new Blob(['no audio']))).status).toBe(415);
  expect((await upload(url, message(), null)).status).toBe(400);
  expect(await filesKept()).toBe(before);
});

test('the store may be away: the message is to be sent again, and is then taken', async () => {
  const s3 = await localS3();
  const recordings = s3Recordings(s3ConfigOf(s3.url('away')));
  const at = await open({ deps: { ...company.deps, recordings } });
  const first = message();
  await s3.stop();
  const response = await upload(at, first);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(response.status).toBe(503);
  expect(await company.db.voicemail.count({ where: { sourceId: first.sourceId } })).toBe(0);
  await localS3(s3.port);
  expect((await upload(at, first)).status).toBe(201);
});
