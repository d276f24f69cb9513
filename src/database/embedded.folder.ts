import { chown, lstat, mkdir, mkdtemp, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import {
  canEnter,
  findPrograms,
  type Programs,
  type RunAs,
  sharedFolder,
  substituteForRoot,
} from './embedded.programs.js';

/** The folders of the embedded PostgreSQL. */
export interface EmbeddedFolder {
  /** PostgreSQL's data directory; it exists once `initdb` has run. */
  readonly cluster: string;
  readonly log: string;
  readonly programs: Programs;
}

/**
 * Open the folder of the embedded PostgreSQL: `postgres` in the data folder. When PostgreSQL runs as another user who
 * cannot enter that folder, `postgres` is a link to a folder under /var/lib/attendant (or the temporary folder), which
 * outlives the checkout.
 */
export async function openEmbeddedFolder(dataFolder: string): Promise<EmbeddedFolder> {
  const standIn = substituteForRoot();
  await mkdir(resolve(dataFolder), { recursive: true });
  const place = join(await realpath(dataFolder), 'postgres');

  if ((await kindOf(place)) === 'missing') {
    const making =
      standIn && !canEnter(dirname(place), standIn)
        ? symlink(await madeElsewhere(place), place)
        : mkdir(place, { mode: 0o700 });
    // Another process that starts at the same moment may have created it.
    await making.catch(unlessThere);
  }
  const folder = await targetOf(place);
  const runAs = standIn && (await owner(folder, standIn));
  if (runAs && !canEnter(folder, runAs)) {
    throw new Error(
      `PostgreSQL refuses to run as root, and the user it runs as cannot enter ${folder}: move the data folder, or set DATABASE_URL.`,
    );
  }
  return { cluster: join(folder, 'cluster'), log: join(folder, 'postgres.log'), programs: await findPrograms(runAs) };
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function madeElsewhere(place: string): Promise<string> {
  const checkout = basename(dirname(dirname(place))) || 'data';
  // A data folder that is itself temporary must not leave permanent files behind.
  const temporary = place.startsWith(`${await realpath(tmpdir())}/`);
  return mkdtemp(temporary ? join(tmpdir(), 'attendant-postgres-') : join(await sharedFolder(), `${checkout}-`));
}

async function targetOf(place: string): Promise<string> {
  if ((await kindOf(place)) === 'link') await mkdir(await readlink(place), { recursive: true, mode: 0o700 });
  return realpath(place);
}

/**
 * The owner of the data is the user who created it; a folder that still belongs to root is given to the substitute
 * user.
 */
async function owner(folder: string, standIn: RunAs): Promise<RunAs> {
  const { uid, gid } = await stat(folder);
  if (uid !== 0) return { uid, gid };
  await chown(folder, standIn.uid, standIn.gid);
  return standIn;
}

async function kindOf(path: string): Promise<'missing' | 'link' | 'folder'> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.isSymbolicLink() ? 'link' : 'folder';
}
