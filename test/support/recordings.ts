import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Deps } from '../../src/core/deps.js';
import type { Recordings } from '../../src/core/recordings/ports.js';
import { fileRecordings } from '../../src/media/file-recordings.js';
import { atTheEnd } from './clean-up.js';

/** Recordings on disk, in their own temporary folder. */
export async function testRecordings(): Promise<Recordings> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-recordings-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return fileRecordings(folder);
}

/** The whole content stored under a key. */
export async function bytesOf({ recordings }: Pick<Deps, 'recordings'>, storageKey: string): Promise<Buffer> {
  const { stream } = await recordings.read(storageKey);
  return buffer(stream);
}
