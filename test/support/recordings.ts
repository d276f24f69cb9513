import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recordings } from '../../src/core/voicemail/ports.js';
import { diskRecordings } from '../../src/media/recordings.js';
import { atTheEnd } from './clean-up.js';

/** Recordings on disk, in a temporary folder of their own. */
export async function testRecordings(): Promise<Recordings> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-recordings-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return diskRecordings(folder);
}
