import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Recordings } from '../../src/core/voicemail/ports.js';
import { atTheEnd } from './clean-up.js';

/** Recordings in a temporary folder of their own. */
export async function testRecordings(): Promise<Recordings> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-recordings-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return {
    async put(storageKey, audio) {
      await mkdir(dirname(join(folder, storageKey)), { recursive: true });
      await writeFile(join(folder, storageKey), audio);
    },
    async read(storageKey, range) {
      await stat(join(folder, storageKey));
      return createReadStream(join(folder, storageKey), range);
    },
    remove: (storageKey) => rm(join(folder, storageKey), { force: true }),
    check: async () => {},
  };
}
