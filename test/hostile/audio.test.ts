import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import type { UserError } from '../../src/core/errors.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { AudioLate } from '../../src/core/voicemail/ports.js';
import { audioThreads } from '../../src/media/audio-threads.js';
import { localPhone } from '../../src/phone/simulator/local-phone.js';
import { root } from '../../src/root-folder.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';

const mebibyte = 1024 * 1024;
/** The largest accepted size. */
const full = 25 * mebibyte;

/** `head`, then `body` repeated. */
const filled = (head: readonly (string | number[])[], body: string | number[]): Buffer => {
  const start = Buffer.concat(head.map(bytesOf));
  return Buffer.concat([start, Buffer.alloc(full - start.length, bytesOf(body))]);
};
const bytesOf = (part: string | number[]): Buffer =>
  typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);

const frames = (size: number) => [0xff, 0xfb, 0x90, 0xc4, ...Array.from({ length: size }, () => 0)];
const telephone = (codec: number): Buffer => {
  const bytes = filled(['RIFF', [0, 0, 0, 0], 'WAVEfmt ', [16, 0, 0, 0, codec, 0, 1, 0]], [0x55]);
  bytes.writeUInt32LE(192_000, 24);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(full - 44, 40);
  return bytes;
};
/** A page that ends nothing and holds nothing. */
const oggPage = [...Buffer.from('OggS'), 0, 0, ...Array.from({ length: 20 }, () => 0), 0];

const webm = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, ...Buffer.from('webm')];
/** The header states the length of the file, by which readers go. */
const riff = ['RIFF', [0xf8, 0xff, 0x8f, 0x01], 'WAVE'];
/** Each kind of wrong length, as large as a file may be. */
const lies: readonly (readonly [string, () => Buffer])[] = [
  ['bits set everywhere', () => filled([], [0xff])],
  ['an MP3 frame and bits set everywhere', () => filled([[0xff, 0xfb, 0x90]], [0xff])],
  ['the starts of MP3 frames', () => filled([], [0xff, 0xfb, 0x90, 0xc4])],
  ['MP3 frames of nothing', () => filled([], frames(100))],
  [
    'an ID3 tag that lies of its size',
    () => filled(['ID3', [4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f]], 'TXXX\0\0\0\x01\0\0\0'),
  ],
  ['an ID3 tag of empty frames', () => filled(['ID3', [4, 0, 0, 0x0b, 0x7f, 0x7f, 0x70]], 'TXXX\0\0\0\0\0\0')],
  ['WebM voids', () => filled([webm, [0x18, 0x53, 0x80, 0x67, 0xff]], [0xec, 0x80])],
  [
    'a WebM segment of known size and its voids',
    () => filled([webm, [0x18, 0x53, 0x80, 0x67, 0x11, 0x90, 0, 0]], [0xec, 0x80]),
  ],
  ['WebM clusters in each other', () => filled([webm], [0x1f, 0x43, 0xb6, 0x75, 0xff])],
  ['WebM blocks of nothing', () => filled([webm], [0xa3, 0x84, 0x81, 0, 1, 0])],
  ['MP4 atoms that are free', () => filled(['\0\0\0\x10ftypM4A \0\0\0\0'], '\0\0\0\x08free')],
  [
    'MP4 atoms in one that holds them',
    () => filled(['\0\0\0\x10ftypM4A \0\0\0\0\x01\x8f\xff\xf0moov'], '\0\0\0\x08trak'),
  ],
  [
    'an MP4 atom of all',
    () => filled(['\0\0\0\x10ftypM4A \0\0\0\0\0\0\0\x01moov\0\0\0\0\x7f\xff\xff\xff'], '\0\0\0\x08udta'),
  ],
  ['empty WAV chunks', () => filled(riff, 'null\0\0\0\0')],
  [
    'a WAV format and empty chunks',
    () =>
      filled(
        [...riff, 'fmt ', [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]],
        'null\0\0\0\0',
      ),
  ],
  ['WAV formats without sound', () => filled(riff, 'fmt \0\0\0\0')],
  ['empty Ogg pages', () => filled([], oggPage)],
  ['Ogg pages of lies', () => filled([], [...Buffer.from('OggS'), 0, 0, ...Array.from({ length: 21 }, () => 0xff)])],
  ['µ-law of one rate', () => telephone(7)],
  ['a GSM of its own', () => telephone(49)],
];

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

/** The longest time that the event loop was blocked while `work` ran. */
async function heldMilliseconds(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()];
  const tick = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(tick, 10);
  await work();
  tick();
  clearInterval(timer);
  return longest;
}

const receive = (audio: Buffer) =>
  receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: '101' },
    audio,
  });

describe('25 MB of a lie hold the event loop for no second, and are refused or read', () => {
  test.each(lies)('%s', { timeout: 60_000 }, async (_what, make) => {
    const audio = make();
    let status: unknown;
    const held = await heldMilliseconds(async () => {
      status = await receive(audio).then(
        () => 'read',
        (error) => (error instanceof AudioLate ? 'late' : (error as { status?: number }).status),
      );
    });
    // Late: the machine was busy; the client is told to retry.
    expect(['read', 'late', 413, 415]).toContain(status);
    expect(held).toBeLessThan(1000);
  });
});

test('after all of them at once a good message is taken', { timeout: 120_000 }, async () => {
  const audio = lies.map(([, make]) => make());
  await Promise.allSettled(audio.map(receive));
  await expect(receive(wav(3))).resolves.toMatchObject({ durationSeconds: 3 });
});

test('the longest µ-law is converted beside the event loop', { timeout: 60_000 }, async () => {
  const { recordings, audio } = company.deps;
  await recordings.put('company/long.wav', [telephone(7)], 'audio/wav');
  let content: Buffer | undefined;
  const held = await heldMilliseconds(async () => {
    ({ content } = await audio.playable({ storageKey: 'company/long.wav', mimeType: 'audio/wav' }));
  });
  expect(content?.readUInt16LE(20)).toBe(1);
  expect(held).toBeLessThan(1000);
});

test('the simulated telephone of the demo refuses it, and takes an odd WAV', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-phone-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const { phone, adapter } = await localPhone(company.deps, folder);
  const held = await heldMilliseconds(async () => {
    for (const name of ['empty WAV chunks', 'WebM voids', 'MP4 atoms that are free'])
      await expect(phone.leave('no call', lies.find(([what]) => what === name)?.[1]() ?? wav(3))).rejects.toSatisfy(
        (error) => error instanceof AudioLate || (error as UserError).status === 415,
      );
  });
  expect(held).toBeLessThan(1000);
  // The audio was accepted; the call is missing.
  await expect(phone.leave('no call', wav(3))).rejects.toMatchObject({ status: 404 });
  await adapter.stop?.();
});

describe('audio threads', () => {
  /** A file that takes the WebM library longer than a test may take. */
  let endlessPath: string;
  const endless = () => endlessPath;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attendant-endless-'));
    atTheEnd(() => rm(folder, { recursive: true, force: true }));
    const blocks = filled([webm], [0xec, 0x80]);
    Buffer.from([0xa3, 0x84, 0x81, 0, 0, 0, 0xa3, 0x84, 0x81, 0, 20, 0]).copy(blocks, webm.length);
    endlessPath = join(folder, 'endless.webm');
    await writeFile(endlessPath, blocks.subarray(0, 390_000));
  });
  let threads: ReturnType<typeof audioThreads>;
  afterEach(() => threads.close());
  const open = (options: Parameters<typeof audioThreads>[0]) => {
    threads = audioThreads({ deadlineMilliseconds: 1, most: 1, mostWaiting: 2, ...options });
  };

  test('end one that is late, and start another for the next', async () => {
    open({});
    await expect(threads.run('probe', endless)).rejects.toMatchObject({ name: 'AudioLate' });
    await expect(threads.run('probe', endless)).rejects.toMatchObject({ name: 'AudioLate' });
  });

  test.each([
    ['alone, with a processor of its own: it is the file', performance.now.bind(performance), 1, [false]],
    ['while other programs have the processor: it is the load', () => 0, 1, [true]],
    [
      'while others wait: it is the load, and for the last the file',
      performance.now.bind(performance),
      2,
      [true, false],
    ],
  ])('tell why one is late: %s', { timeout: 30_000 }, async (_what, processorMilliseconds, files, isUnderLoad) => {
    open({ deadlineMilliseconds: 300, processorMilliseconds });
    const late = await Promise.allSettled(Array.from({ length: files }, () => threads.run('probe', endless)));
    expect(late.map((one) => one.status === 'rejected' && one.reason.isUnderLoad)).toEqual(isUnderLoad);
  });

  test('take an answer that came while the event loop was blocked', { timeout: 30_000 }, async () => {
    open({ deadlineMilliseconds: 1500 });
    const mp3 = join(root, 'prisma', 'seed', 'voicemail-en.mp3');
    await threads.run('probe', () => mp3);
    const read = threads.run('probe', () => mp3);
    await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 2500;
    while (performance.now() < until);
    expect(await read).toMatchObject({ mimeType: 'audio/mpeg' });
  });

  test('refuse more than may wait, and load nothing before its turn', async () => {
    open({});
    const loaded: number[] = [];
    const run = (n: number) =>
      threads.run('probe', () => {
        loaded.push(n);
        return endless();
      });
    const all = Promise.allSettled([run(1), run(2), run(3), run(4)]);
    expect(loaded).toEqual([1]);
    const reasons = (await all).map((one) => one.status === 'rejected' && (one.reason as Error).name);
    expect(reasons).toEqual(['AudioLate', 'AudioLate', 'AudioLate', 'AudioBusy']);
  });
});
