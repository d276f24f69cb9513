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
import { measured } from './measured-audio.js';
import { isStorageKey, safeStorageKey } from './storage-key.js';

/** Recordings in a folder, which is made where it is missing; `folder` is absolute. */
export function fileRecordings(folder: string): Recordings {
  const made = new Map<string, Promise<unknown>>();
  const flush = sharedFlush();
  const pathOf = (storageKey: string) => join(folder, safeStorageKey(storageKey));
  /** No storage key begins with a dot, so nothing else ever lies there. */
  const aside = join(folder, '.removed');
  const asidePathOf = (storageKey: string) => join(aside, safeStorageKey(storageKey));

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

  /** An existing name is another message, so it is never written over. What callers said is private to this user. */
  const create = (path: string) => open(path, 'wx', 0o600);

  async function putBack(storageKey: string): Promise<boolean> {
    const [from, to] = [asidePathOf(storageKey), pathOf(storageKey)];
    if (!(await writtenAt(from))) return false;
    try {
      await mkdir(dirname(to), { recursive: true });
      await link(from, to);
    } catch (error) {
      if (isMissing(error)) return false;
      // The file in its place has the same audio: a key is never given twice.
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
        // The folder was removed while we ran, or another disk was mounted.
        made.delete(dirname(path));
        await ready(dirname(path));
        return create(path);
      });
      try {
        // The folder has the name from here on, so both go to the disk at the same time. No row has the name until this
        // resolves, so no half recording is ever read.
        const [stored] = await Promise.all([writeOut(file, { path, audio, examine }), flush(dirname(path))]);
        return stored;
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },

    async read(storageKey, range) {
      // Opened before it is handed over, so that a missing file rejects here and not in the middle of an answer.
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
        // First the date: killed in between, the file is where it was, and as if it were new.
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

/** The storage keys of the files below a folder; other things that lie there are not ours. */
async function* keysIn(folder: string): AsyncIterable<string> {
  for await (const inner of entriesOf(folder)) {
    if (!inner.isDirectory()) continue;
    for await (const entry of entriesOf(join(folder, inner.name))) {
      const storageKey = `${inner.name}/${entry.name}`;
      if (entry.isFile() && isStorageKey(storageKey)) yield storageKey;
    }
  }
}

/** A folder's entries, one after the other; none where there is no such folder. */
async function* entriesOf(folder: string): AsyncIterable<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Resolves once the bytes are on disk; the file is closed either way. */
async function writeOut(
  file: FileHandle,
  { path, audio, examine }: { path: string; audio: AudioBytes; examine: ExamineFile | undefined },
): Promise<StoredBytes> {
  try {
    const measuring = measured(audio);
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
