import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, link, mkdir, open, opendir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type AudioBytes,
  type ExamineFile,
  RecordingMissing,
  type Recordings,
  type StoredBytes,
} from '../core/recordings/ports.js';
import { flushFolder } from '../flush-folder.js';
import { measureAudio } from './measured-audio.js';
import { isStorageKey, safeStorageKey } from './storage-key.js';

/** Open the recordings in a folder, which is created if missing; `folder` is absolute. */
export function fileRecordings(folder: string): Recordings {
  const made = new Map<string, Promise<unknown>>();
  const flush = sharedFlush();
  const pathOf = (storageKey: string) => join(folder, safeStorageKey(storageKey));
  /** No storage key begins with a dot, so this folder holds nothing else. */
  const aside = join(folder, '.removed');
  const asidePathOf = (storageKey: string) => join(aside, safeStorageKey(storageKey));

  /** Create a company's folder once per process; its directory entry must survive a power failure too. */
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

  /**
   * An existing file is another message, so it is never overwritten. Recordings are private, so only this user can read
   * them.
   */
  const create = (path: string) => open(path, 'wx', 0o600);

  async function putBack(storageKey: string): Promise<boolean> {
    const [from, to] = [asidePathOf(storageKey), pathOf(storageKey)];
    if (!(await writtenAt(from))) return false;
    try {
      await mkdir(dirname(to), { recursive: true });
      await link(from, to);
    } catch (error) {
      if (isMissing(error)) return false;
      // The existing file has the same audio, because a key is never reused.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await flush(dirname(to));
    await rm(from, { force: true });
    return true;
  }

  return {
    async put(storageKey, audio, _mimeType, examine) {
      const path = pathOf(storageKey);
      await ready(dirname(path));
      const file = await create(path).catch(async (error) => {
        if (!isMissing(error)) throw error;
        // The folder was removed while the process ran, or another disk was mounted.
        made.delete(dirname(path));
        await ready(dirname(path));
        return create(path);
      });
      try {
        // The file has its name from the start, so file and folder are flushed at the same time. No row holds the name
        // until this resolves, so a partial recording is never read.
        const [stored] = await Promise.all([writeOut(file, { path, audio, examine }), flush(dirname(path))]);
        return stored;
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },

    async read(storageKey, range) {
      // Opened first, so that a missing file rejects here and not in the middle of an answer.
      const file = await open(pathOf(storageKey), 'r')
        .catch(async (error) => {
          if (!isMissing(error) || !(await putBack(storageKey))) throw error;
          return open(pathOf(storageKey), 'r');
        })
        .catch((error) => {
          throw isMissing(error) ? new RecordingMissing(storageKey, { cause: error }) : error;
        });
      const { size } = await file.stat();
      return { stream: file.createReadStream(range), size, range };
    },

    list: () => keysIn(folder),
    storedAt: async (storageKey) => writtenAt(pathOf(storageKey)),

    async remove(storageKey) {
      await rm(pathOf(storageKey), { force: true });
      await rm(asidePathOf(storageKey), { force: true });
    },

    async setAside(storageKey, at) {
      const [from, to] = [pathOf(storageKey), asidePathOf(storageKey)];
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      try {
        // Set the date first: if the process is killed in between, the file is where it was, with a new date.
        await utimes(from, at, at);
        await rename(from, to);
      } catch (error) {
        if (isMissing(error)) return;
        throw error;
      }
      await Promise.all([flush(dirname(to)), flush(dirname(from))]);
    },

    putBack,
    listSetAside: () => keysIn(aside),
    setAsideAt: async (storageKey) => writtenAt(asidePathOf(storageKey)),

    async check() {
      const probe = join(folder, `.check-${randomUUID()}`);
      await mkdir(folder, { recursive: true });
      await (await open(probe, 'wx')).close();
      await rm(probe);
    },
  };
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function writtenAt(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}

/** The storage keys of the files below a folder; other files are skipped. */
async function* keysIn(folder: string): AsyncIterable<string> {
  for await (const inner of entriesOf(folder)) {
    if (!inner.isDirectory()) continue;
    for await (const entry of entriesOf(join(folder, inner.name))) {
      const storageKey = `${inner.name}/${entry.name}`;
      if (entry.isFile() && isStorageKey(storageKey)) yield storageKey;
    }
  }
}

/** The entries of a folder, one by one; none when it does not exist. */
async function* entriesOf(folder: string): AsyncIterable<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Resolve once the bytes are on disk; the file is closed in any case. */
async function writeOut(
  file: FileHandle,
  { path, audio, examine }: { path: string; audio: AudioBytes; examine: ExamineFile | undefined },
): Promise<StoredBytes> {
  try {
    const measuring = measureAudio(audio);
    await writeFile(file, measuring.audio);
    const stored = measuring.total();
    await examine?.({ path, bytes: stored.bytes });
    await file.sync();
    return stored;
  } finally {
    await file.close();
  }
}

/**
 * Flush a folder. A new name survives a power failure only once its folder is on disk. That takes milliseconds, so
 * callers during one flush share the next.
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
