import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recordings } from '../../src/core/voicemail/ports.js';
import { diskRecordings } from '../../src/media/recordings.js';
import { wav } from '../support/audio.js';

let folder: string;
let recordings: Recordings;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-disk-'));
  recordings = diskRecordings(join(folder, 'recordings'));
});
afterAll(() => rm(folder, { recursive: true }));

const audio = wav(1);
const read = async (key: string, range?: { start: number; end: number }) =>
  Buffer.concat(await (await recordings.read(key, range)).toArray());

describe('recordings on disk', () => {
  test('come back whole, and in ranges', async () => {
    await recordings.put('company/one.wav', audio, 'audio/wav');
    expect(await read('company/one.wav')).toEqual(audio);
    expect(await read('company/one.wav', { start: 10, end: 19 })).toEqual(audio.subarray(10, 20));
    expect(await read('company/one.wav', { start: audio.length - 3, end: audio.length + 50 })).toHaveLength(3);
  });

  test('are for nobody else on this machine', async () => {
    await recordings.put('company/own.wav', audio, 'audio/wav');
    expect((await stat(join(folder, 'recordings', 'company', 'own.wav'))).mode & 0o077).toBe(0);
  });

  test('many at once are all there, with nothing unfinished beside them', async () => {
    const keys = Array.from({ length: 40 }, (_, at) => `many/${at}.wav`);
    await Promise.all(keys.map((key) => recordings.put(key, audio, 'audio/wav')));
    expect((await readdir(join(folder, 'recordings', 'many'))).sort()).toEqual(
      keys.map((key) => key.slice('many/'.length)).sort(),
    );
  });

  test('are kept again when the folder was taken away meanwhile', async () => {
    await recordings.put('away/one.wav', audio, 'audio/wav');
    await rm(join(folder, 'recordings'), { recursive: true });
    await recordings.put('away/two.wav', audio, 'audio/wav');
    expect(await read('away/two.wav')).toEqual(audio);
  });

  test('are never written over', async () => {
    await recordings.put('company/first.wav', audio, 'audio/wav');
    await expect(recordings.put('company/first.wav', wav(2), 'audio/wav')).rejects.toThrow('EEXIST');
    expect(await read('company/first.wav')).toEqual(audio);
  });

  test('are listed, one after the other, and nothing else that lies there', async () => {
    const own = diskRecordings(join(folder, 'listed'));
    const listed = async () => {
      const keys: string[] = [];
      for await (const key of own.list()) keys.push(key);
      return keys.sort();
    };
    expect(await listed()).toEqual([]);
    const keys = ['ann/1.wav', 'ann/2.mp3', 'bo/3.wav'];
    for (const key of keys) await own.put(key, audio, 'audio/wav');
    await writeFile(join(folder, 'listed', '.check-1'), '');
    await writeFile(join(folder, 'listed', 'notes.txt'), '');
    await writeFile(join(folder, 'listed', 'ann', '.hidden'), '');
    await symlink(folder, join(folder, 'listed', 'elsewhere'));
    await symlink(join(folder, 'listed', 'bo', '3.wav'), join(folder, 'listed', 'ann', 'link.wav'));
    expect(await listed()).toEqual(keys);
  });

  test('say when they were stored, and that they are missing', async () => {
    const before = Date.now() - 60_000;
    await recordings.put('company/dated.wav', audio, 'audio/wav');
    expect((await recordings.storedAt('company/dated.wav'))?.getTime()).toBeGreaterThan(before);
    expect(await recordings.storedAt('company/never.wav')).toBeUndefined();
    expect(await recordings.storedAt('nobody/never.wav')).toBeUndefined();
    await expect(recordings.read('company/never.wav')).rejects.toMatchObject({ name: 'RecordingMissing' });
  });

  test('are gone when removed, and may be removed again', async () => {
    await recordings.put('company/two.wav', audio, 'audio/wav');
    await recordings.remove('company/two.wav');
    await recordings.remove('company/two.wav');
    await expect(recordings.read('company/two.wav')).rejects.toThrow();
  });

  test('are set aside and put back, and meanwhile neither listed nor there', async () => {
    const own = diskRecordings(join(folder, 'aside'));
    const keysOf = async (keys: AsyncIterable<string>) => {
      const all: string[] = [];
      for await (const key of keys) all.push(key);
      return all;
    };
    const at = new Date('2026-01-02T03:04:05Z');
    await own.put('ann/1.wav', audio, 'audio/wav');
    await own.setAside('ann/1.wav', at);
    await own.setAside('ann/never.wav', at);
    expect(await own.storedAt('ann/1.wav')).toBeUndefined();
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([[], ['ann/1.wav']]);
    expect(await own.setAsideAt('ann/1.wav')).toEqual(at);

    expect([await own.putBack('ann/1.wav'), await own.putBack('ann/1.wav')]).toEqual([true, false]);
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([['ann/1.wav'], []]);

    await own.setAside('ann/1.wav', at);
    expect(Buffer.concat(await (await own.read('ann/1.wav')).toArray())).toEqual(audio);
    expect(await keysOf(own.listSetAside())).toEqual([]);

    // Brought back from a backup as well.
    await own.setAside('ann/1.wav', at);
    await own.put('ann/1.wav', audio, 'audio/wav');
    expect(await own.putBack('ann/1.wav')).toBe(true);
    expect(await own.setAsideAt('ann/1.wav')).toBeUndefined();

    // A message that goes for good goes from there too.
    await own.setAside('ann/1.wav', at);
    await own.remove('ann/1.wav');
    expect([await keysOf(own.list()), await keysOf(own.listSetAside())]).toEqual([[], []]);
  });

  test.each(['../one.wav', '/etc/passwd', 'a/../../b.wav', 'a//b.wav', 'a\0.wav', 'noending', ''])(
    'a key that might lead elsewhere is refused: %j',
    async (key) => {
      await expect(recordings.put(key, audio, 'audio/wav')).rejects.toThrow('storage key');
      await expect(recordings.read(key)).rejects.toThrow('storage key');
      await expect(recordings.remove(key)).rejects.toThrow('storage key');
      await expect(recordings.storedAt(key)).rejects.toThrow('storage key');
      await expect(recordings.setAside(key, new Date())).rejects.toThrow('storage key');
      await expect(recordings.putBack(key)).rejects.toThrow('storage key');
    },
  );

  test('the check passes where one can write, and rejects where not', async () => {
    await expect(recordings.check()).resolves.toBeUndefined();
    await writeFile(join(folder, 'file'), '');
    await expect(diskRecordings(join(folder, 'file')).check()).rejects.toThrow();
  });
});
