import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';

/** A killed process leaves its files; nothing that is still in use is that old. */
const staleAfterHours = 2;
const sweepEveryHours = 1;

/** The folder for all temporary files of this user: one, so that what a killed process left can be found. */
const ownFolder = () => join(tmpdir(), `attendant-files-${userInfo().uid}`);

/** Make a folder for temporary files, which nobody else can open. Its user removes it. */
export async function temporaryFolder(purpose: string): Promise<string> {
  const folder = ownFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await isOurs(folder))) throw new Error(`${folder} belongs to somebody else`);
  return mkdtemp(join(folder, `${purpose}-`));
}

/** The place of temporary files is everybody's: somebody else may have made a folder, or a link, of this name. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === userInfo().uid;
}

/** Remove what killed processes left; returns how many files and folders that were. */
async function removeStaleFiles(now = Date.now()): Promise<number> {
  const folder = ownFolder();
  // A link of this name would have the files of another folder removed.
  if (!(await isOurs(folder))) return 0;
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    const age = now - ((await lstat(path).catch(() => undefined))?.mtimeMs ?? now);
    if (age < staleAfterHours * 3_600_000) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

/** Remove them now and every hour, on each machine that takes files; returns how to stop, after what is under way. */
export function sweepTemporaryFiles(log: Logger): () => Promise<void> {
  const sweep = (): Promise<unknown> =>
    removeStaleFiles().then(
      (removed) => removed > 0 && log.info({ removed }, 'stale temporary files removed'),
      (error: unknown) => log.warn({ error }, 'stale temporary files not removed'),
    );
  let latest = sweep();
  const timer = setInterval(() => {
    latest = sweep();
  }, sweepEveryHours * 3_600_000).unref();
  return async () => {
    clearInterval(timer);
    await latest;
  };
}
