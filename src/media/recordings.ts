import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RecordingMissing, type Recordings } from '../core/voicemail/ports.js';
import { flushFolder } from '../flush-folder.js';

/** Recordings in a folder, which is made where it is missing; `folder` is absolute. */
export function diskRecordings(folder: string): Recordings {
  const made = new Map<string, Promise<unknown>>();
  const flush = sharedFlush();
  const pathOf = (storageKey: string) => join(folder, safe(storageKey));

  /** A company's folder is made once a process; its own entry must survive a power cut too. */
  const ready = (inner: string): Promise<unknown> => {
    const making =
      made.get(inner) ??
      mkdir(inner, { recursive: true })
        .then(() => flush(dirname(inner)))
        .catch((error) => {
          made.delete(inner);
          throw error;
        });
    made.set(inner, making);
    return making;
  };

  /** Nobody knows the name until this resolves, so nobody ever reads half a message. */
  async function store(path: string, audio: Buffer): Promise<void> {
    // What has the name already is somebody's message. And what people said is for nobody else on this machine.
    const file = await open(path, 'wx', 0o600);
    try {
      // The folder has the name from here on, so both go to the disk at the same time.
      await Promise.all([writeOut(file, audio), flush(dirname(path))]);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  return {
    async put(storageKey, audio) {
      const path = pathOf(storageKey);
      await ready(dirname(path));
      await store(path, audio).catch(async (error) => {
        if (error.code !== 'ENOENT') throw error;
        // Somebody took the folder away while we ran, or mounted another disk.
        made.delete(dirname(path));
        await ready(dirname(path));
        await store(path, audio);
      });
    },

    async read(storageKey, range) {
      // Opened before it is handed over, so that a missing file rejects here and not in the middle of an answer.
      const file = await open(pathOf(storageKey), 'r').catch((error) => {
        throw isMissing(error) ? new RecordingMissing(storageKey, { cause: error }) : error;
      });
      return file.createReadStream(range);
    },

    async *list() {
      for await (const inner of entriesOf(folder)) {
        if (!inner.isDirectory()) continue;
        for await (const entry of entriesOf(join(folder, inner.name))) {
          const storageKey = `${inner.name}/${entry.name}`;
          // Other things that lie there are not ours.
          if (entry.isFile() && isStorageKey(storageKey)) yield storageKey;
        }
      }
    },

    async storedAt(storageKey) {
      try {
        return (await stat(pathOf(storageKey))).mtime;
      } catch (error) {
        if (!isMissing(error)) throw error;
        return undefined;
      }
    },

    async remove(storageKey) {
      await rm(pathOf(storageKey), { force: true });
    },

    async check() {
      const probe = join(folder, `.check-${randomUUID()}`);
      await mkdir(folder, { recursive: true });
      await (await open(probe, 'wx')).close();
      await rm(probe);
    },
  };
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A folder's entries, one after the other; none where there is no such folder. */
async function* entriesOf(folder: string): AsyncIterable<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** A key is `company/name.ending`; whatever else it might be, it must not lead out of the folder. */
function safe(storageKey: string): string {
  if (!isStorageKey(storageKey)) throw new Error('not a storage key');
  return storageKey;
}

const isStorageKey = (text: string): boolean => /^[\da-z-]+(\/[\da-z-]+)*\.[\da-z]+$/i.test(text);

/** Resolves once the bytes are on disk; the file is closed either way. */
async function writeOut(file: FileHandle, audio: Buffer): Promise<void> {
  try {
    await file.writeFile(audio);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * A new name in a folder survives a power cut only once the folder itself is on disk. That takes milliseconds, so
 * whoever comes while one flush is under way shares the next.
 */
function sharedFlush(): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  const next = new Map<string, Promise<void>>();

  const start = (folder: string): Promise<void> => {
    const flushing = flushFolder(folder).finally(() => running.delete(folder));
    running.set(folder, flushing);
    return flushing;
  };

  return (folder) => {
    const current = running.get(folder);
    if (!current) return start(folder);
    const waiting =
      next.get(folder) ??
      current
        .catch(() => {})
        .then(() => {
          next.delete(folder);
          return start(folder);
        });
    next.set(folder, waiting);
    return waiting;
  };
}
