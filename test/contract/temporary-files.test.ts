import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spoolFile } from '../../src/http/spool-file.js';
import { createLog } from '../../src/log.js';
import { sweepTemporaryFiles } from '../../src/temporary-files.js';
import { eventually } from '../support/eventually.js';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'attendant-test-'));
  vi.stubEnv('TMPDIR', place);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true });
});

const folder = () => join(place, `attendant-files-${userInfo().uid}`);
const log = createLog({ level: 'silent', format: 'json' });

async function* oneChunk() {
  yield Buffer.from('username\nbo\n');
}

async function read(file: { chunks(): AsyncIterable<Uint8Array> }): Promise<string> {
  const chunks = [];
  for await (const chunk of file.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('an upload that a killed process left goes when the next one starts; one in use stays', async () => {
  await spoolFile(oneChunk());
  const [left = ''] = await readdir(folder());
  const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000);
  await utimes(join(folder(), left), threeHoursAgo, threeHoursAgo);
  const inUse = await spoolFile(oneChunk());

  const stop = sweepTemporaryFiles(log);
  await eventually(async () => expect(await readdir(folder())).not.toContain(left));
  await stop();
  expect(await read(inUse)).toBe('username\nbo\n');
  await inUse.remove();
  expect(await readdir(folder())).toEqual([]);
});

test('a folder that somebody else put there is not used', async () => {
  const elsewhere = join(place, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, folder());
  await expect(spoolFile(oneChunk())).rejects.toThrow('belongs to somebody else');
  expect(await readdir(elsewhere)).toEqual([]);
});

test('a link that somebody else put there leads the sweep to no other folder', async () => {
  const recordings = join(place, 'recordings');
  const kept = join(recordings, 'message.wav');
  await mkdir(recordings);
  await writeFile(kept, 'RIFF');
  const longAgo = new Date(Date.now() - 3 * 3_600_000);
  await utimes(kept, longAgo, longAgo);
  await symlink(recordings, folder());

  await sweepTemporaryFiles(log)();
  expect(await readdir(recordings)).toEqual(['message.wav']);
});
