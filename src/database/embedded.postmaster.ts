import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` says of the server that runs, or ran, on a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** A process has that number; not necessarily the server. */
  readonly alive: boolean;
}

/** Undefined: no server, or one that has only just begun. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`The embedded PostgreSQL's data belongs to another user of this machine (${cluster}).`, {
      cause: error,
    });
  });
  const [pid, , , port] = text.split('\n').map(Number);
  return pid && port ? { pid, port, alive: isAlive(pid) } : undefined;
}

/** Is it a PostgreSQL server on this very cluster, and not another process that has its number by now? */
export async function isOurs({ pid }: Postmaster, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : String(spawnSync('ps', ['-o', 'command=', '-p', String(pid)]).stdout);
  return command.includes(cluster);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
