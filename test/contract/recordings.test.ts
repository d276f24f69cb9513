import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isUnavailable } from '../../src/core/errors.js';
import type { Recordings } from '../../src/core/recordings/ports.js';
import { fileRecordings } from '../../src/media/file-recordings.js';
import { s3Recordings } from '../../src/media/s3-recordings.js';
import { wav } from '../support/audio.js';
import { type LocalS3, localS3, s3ConfigOf } from '../support/s3.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-recordings-'));
});
afterAll(() => rm(folder, { recursive: true }));

const audio = wav(1);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const keysOf = async (keys: AsyncIterable<string>) => {
  const all: string[] = [];
  for await (const key of keys) all.push(key);
  return all.sort();
};
/** A connection that breaks after the first chunk. */
async function* brokenOff() {
  yield audio;
  throw new Error('broken off');
}

const stores: readonly (readonly [string, (name: string) => Promise<Recordings>])[] = [
  ['a folder', async (name) => fileRecordings(join(folder, name))],
  ['an S3 bucket', async (name) => s3Recordings(s3ConfigOf((await s3()).url(name)))],
];
let server: Promise<LocalS3> | undefined;
const s3 = () => {
  server ??= localS3();
  return server;
};

describe.each(stores)('recordings in %s', (_where, open) => {
  let recordings: Recordings;
  beforeAll(async () => {
    recordings = await open('recordings');
  });
  const read = async (key: string, range?: { start: number; end: number }) => {
    const { stream, size } = await recordings.read(key, range);
    return { bytes: await buffer(stream), size };
  };

  test('come back whole, and in ranges, with the size of all', async () => {
    const size = audio.length;
    await recordings.put('company/one.wav', [audio], 'audio/wav');
    expect(await read('company/one.wav')).toEqual({ bytes: audio, size });
    expect(await read('company/one.wav', { start: 10, end: 19 })).toEqual({ bytes: audio.subarray(10, 20), size });
    expect(await read('company/one.wav', { start: size - 3, end: size + 50 })).toEqual({
      bytes: audio.subarray(size - 3),
      size,
    });
  });

  test('are counted and hashed while they come, part by part', async () => {
    const parts = Array.from({ length: 300 }, (_, at) => Buffer.alloc(40_000, at));
    const whole = Buffer.concat(parts);
    expect(await recordings.put('company/parts.wav', Readable.from(parts), 'audio/wav')).toEqual({
      bytes: whole.length,
      sha256: sha256(whole),
    });
    expect((await read('company/parts.wav')).bytes.equals(whole)).toBe(true);
  });

  test('are looked at before they count, from a file of this machine', async () => {
    let seen: Buffer | undefined;
    await recordings.put(
      'company/seen.wav',
      [audio.subarray(0, 100), audio.subarray(100)],
      'audio/wav',
      async (file) => {
        expect(file.bytes).toBe(audio.length);
        seen = await readFile(file.path);
      },
    );
    expect(seen).toEqual(audio);
  });

  test('that were refused or broke off are not there', async () => {
    const own = await open('refused');
    const refuse = () => Promise.reject(new Error('no audio'));
    await expect(own.put('company/refused.wav', [audio], 'audio/wav', refuse)).rejects.toThrow('no audio');
    await expect(own.put('company/broken.wav', brokenOff(), 'audio/wav')).rejects.toThrow('broken off');
    expect(await keysOf(own.list())).toEqual([]);
  });

  test('many at once are all there, and nothing else', async () => {
    const own = await open('many');
    const keys = Array.from({ length: 40 }, (_, at) => `many/${at}.wav`);
    await Promise.all(keys.map((key) => own.put(key, [audio], 'audio/wav')));
    expect(await keysOf(own.list())).toEqual([...keys].sort());
  });

  test('say when they were stored, and that they are missing', async () => {
    const before = Date.now() - 60_000;
    await recordings.put('company/dated.wav', [audio], 'audio/wav');
    expect((await recordings.storedAt('company/dated.wav'))?.getTime()).toBeGreaterThan(before);
    expect(await recordings.storedAt('company/never.wav')).toBeUndefined();
    expect(await recordings.storedAt('nobody/never.wav')).toBeUndefined();
    await expect(recordings.read('company/never.wav')).rejects.toMatchObject({ name: 'RecordingMissing' });
  });

  test('are gone when removed, and may be removed again', async () => {
    await recordings.put('company/two.wav', [audio], 'audio/wav');
    await recordings.remove('company/two.wav');
    await recordings.remove('company/two.wav');
    await expect(recordings.read('company/two.wav')).rejects.toMatchObject({ name: 'RecordingMissing' });
  });

  test('are set aside and put back, and meanwhile neither listed nor there', async () => {
    const own = await open('aside');
    const at = new Date('2026-01-02T03:04:05Z');
    await own.put('ann/1.wav', [audio], 'audio/wav');
    await own.setAside('ann/1.wav', at);
    await own.setAside('ann/never.wav', at);
    expect(await own.storedAt('ann/1.wav')).toBeUndefined();
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([[], ['ann/1.wav']]);
    expect(await own.setAsideAt('ann/1.wav')).toEqual(at);

    expect([await own.putBack('ann/1.wav'), await own.putBack('ann/1.wav')]).toEqual([true, false]);
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([['ann/1.wav'], []]);

    await own.setAside('ann/1.wav', at);
    expect(await buffer((await own.read('ann/1.wav')).stream)).toEqual(audio);
    expect(await keysOf(own.listSetAside())).toEqual([]);

    // A recording restored from a backup works too.
    await own.setAside('ann/1.wav', at);
    await own.put('ann/1.wav', [audio], 'audio/wav');
    expect(await own.putBack('ann/1.wav')).toBe(true);
    expect(await own.setAsideAt('ann/1.wav')).toBeUndefined();

    // A message that is deleted is removed from there too.
    await own.setAside('ann/1.wav', at);
    await own.remove('ann/1.wav');
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([[], []]);
  });

  test.each(['../one.wav', '/etc/passwd', 'a/../../b.wav', 'a//b.wav', 'a\0.wav', 'noending', ''])(
    'a key that might lead elsewhere is refused: %j',
    async (key) => {
      await expect(recordings.put(key, [audio], 'audio/wav')).rejects.toThrow('storage key');
      await expect(recordings.read(key)).rejects.toThrow('storage key');
      await expect(recordings.remove(key)).rejects.toThrow('storage key');
      await expect(recordings.storedAt(key)).rejects.toThrow('storage key');
      await expect(recordings.setAside(key, new Date())).rejects.toThrow('storage key');
      await expect(recordings.putBack(key)).rejects.toThrow('storage key');
    },
  );

  test('can be checked', async () => {
    await expect(recordings.check()).resolves.toBeUndefined();
  });
});

describe('in a folder', () => {
  let recordings: Recordings;
  beforeAll(() => {
    recordings = fileRecordings(join(folder, 'disk'));
  });

  test('recordings are for nobody else on this machine', async () => {
    await recordings.put('company/own.wav', [audio], 'audio/wav');
    expect((await stat(join(folder, 'disk', 'company', 'own.wav'))).mode & 0o077).toBe(0);
  });

  test('recordings are kept again when the folder was taken away meanwhile', async () => {
    await recordings.put('away/one.wav', [audio], 'audio/wav');
    await rm(join(folder, 'disk'), { recursive: true });
    await recordings.put('away/two.wav', [audio], 'audio/wav');
    expect(await buffer((await recordings.read('away/two.wav')).stream)).toEqual(audio);
  });

  test('recordings are never written over', async () => {
    await recordings.put('company/first.wav', [audio], 'audio/wav');
    await expect(recordings.put('company/first.wav', [wav(2)], 'audio/wav')).rejects.toThrow('EEXIST');
    expect(await buffer((await recordings.read('company/first.wav')).stream)).toEqual(audio);
  });

  test('recordings are listed, and nothing else that lies there', async () => {
    const own = fileRecordings(join(folder, 'listed'));
    expect(await keysOf(own.list())).toEqual([]);
    const keys = ['ann/1.wav', 'ann/2.mp3', 'bo/3.wav'];
    for (const key of keys) await own.put(key, [audio], 'audio/wav');
    await writeFile(join(folder, 'listed', '.check-1'), '');
    await writeFile(join(folder, 'listed', 'notes.txt'), '');
    await writeFile(join(folder, 'listed', 'ann', '.hidden'), '');
    await symlink(folder, join(folder, 'listed', 'elsewhere'));
    await symlink(join(folder, 'listed', 'bo', '3.wav'), join(folder, 'listed', 'ann', 'link.wav'));
    expect(await keysOf(own.list())).toEqual(keys);
  });

  test('the check rejects where one cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(fileRecordings(join(folder, 'file')).check()).rejects.toThrow();
  });
});

describe('in a bucket', () => {
  test('an installation sees its own prefix alone', async () => {
    const [own, other] = await Promise.all(['own', 'other'].map(async (name) => openBucket((await s3()).url(name))));
    await own?.put('company/one.wav', [audio], 'audio/wav');
    expect(await keysOf((other as Recordings).list())).toEqual([]);
    await expect(other?.read('company/one.wav')).rejects.toMatchObject({ name: 'RecordingMissing' });
  });

  test('a bucket that is missing, or not ours, is a store that is away, and never a recording that is missing', async () => {
    const missing = openBucket((await s3()).url('', 'no-such-bucket'));
    const strange = openBucket((await s3()).url('').replace('S3RVER:S3RVER', 'UNKNOWN:key'));
    for (const recordings of [missing, strange]) {
      await expect(recordings.check()).rejects.toMatchObject({ code: 'RECORDINGS_AWAY' });
      await expect(recordings.put('company/one.wav', [audio], 'audio/wav')).rejects.toSatisfy(isUnavailable);
      await expect(recordings.read('company/one.wav')).rejects.toSatisfy(isUnavailable);
    }
  });

  test('a server that is down is a store that is away, until it is up', { timeout: 30_000 }, async () => {
    const first = await localS3();
    const recordings = openBucket(first.url('down'));
    await recordings.put('company/one.wav', [audio], 'audio/wav');
    await first.stop();
    await expect(recordings.check()).rejects.toThrow('recordings unreachable');
    await expect(recordings.put('company/two.wav', [audio], 'audio/wav')).rejects.toSatisfy(isUnavailable);
    await expect(recordings.read('company/one.wav')).rejects.toSatisfy(isUnavailable);
    await expect(keysOf(recordings.list())).rejects.toSatisfy(isUnavailable);
    await localS3(first.port);
    await expect(recordings.check()).resolves.toBeUndefined();
  });

  test('nothing of an upload stays on this machine', async () => {
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const recordings = openBucket((await s3()).url('spool'));
    await recordings.put('company/one.wav', [audio], 'audio/wav');
    await expect(recordings.put('company/two.wav', brokenOff(), 'audio/wav')).rejects.toThrow('broken off');
    const left = (await readdir(folder, { recursive: true })).filter((name) => name.includes('recording-'));
    expect(left).toEqual([]);
  });

  const openBucket = (url: string) => s3Recordings(s3ConfigOf(url));
});
