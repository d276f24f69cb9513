import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The content of `postmaster.pid`: the server that runs, or ran, on a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether a process has that id; it may be another program. */
  readonly alive: boolean;
}

/** Undefined: there is no server, or it has only just started. */
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

/** Whether the process is a PostgreSQL server on this cluster, not another process that was given the same id. */
export async function isServerOf({ pid }: Postmaster, cluster: string): Promise<boolean> {
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
