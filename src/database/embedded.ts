import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type EmbeddedFolder, openEmbeddedFolder } from './embedded.folder.js';
import { isServerOf, type Postmaster, readPostmaster } from './embedded.postmaster.js';

/** The PostgreSQL from npm, shared by all processes that use the same data folder. */
export interface EmbeddedPostgres {
  /** The superuser's URL of the database `attendant`. */
  readonly url: string;
  /** Leave; the last process to leave stops the server. */
  stop(): Promise<void>;
}

/** Settings of postgresql.conf, for this start of the server only. */
export type ServerSettings = Readonly<Record<string, string>>;

/** Values stored beside the data when it is created. */
interface Kept {
  readonly password: string;
  /** The port of the first start, used again while it is free. */
  readonly port: number;
}

/** Every process that uses the server holds this lock shared; a process that gets it exclusively is the last. */
const leaseLock = 72_707_370;

/**
 * Join the embedded PostgreSQL of a data folder, or create and start it. Any number of processes may run at the same
 * time. Leftovers of killed processes are handled: an orphaned server is joined, a stale lock file removed. A server
 * that dies while in use is restarted on the same port.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  settings: ServerSettings = {},
): Promise<EmbeddedPostgres> {
  const home = await openEmbeddedFolder(dataFolder);
  let lease = await takeLease(home, settings);
  let stopped = false;
  let reviving: Promise<void> | undefined;
  const url = `postgres://postgres:${lease.kept.password}@127.0.0.1:${lease.port}/attendant`;
  await createDatabase(lease.client);
  watch();

  return { url, stop };

  function watch(): void {
    lease.client.once('end', () => {
      if (!stopped) reviving = revive();
    });
  }

  async function revive(): Promise<void> {
    while (!stopped) {
      try {
        lease = await takeLease(home, settings, lease.port);
        reviving = undefined;
        return watch();
      } catch {
        await wait(1000);
      }
    }
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    await reviving;
    if (await isLast(lease.client)) await stopServer(home);
    await lease.client.end().catch(() => {});
  }
}

interface Lease {
  readonly client: Client;
  readonly kept: Kept;
  readonly port: number;
}

/** Take a lease: a connection that holds the shared lock until it ends, even when its process is killed. */
async function takeLease(home: EmbeddedFolder, settings: ServerSettings, wantedPort?: number): Promise<Lease> {
  const deadline = Date.now() + 60_000;
  let failures = 0;
  for (;;) {
    const running = await readPostmaster(home.cluster);
    const lease = running && (await tryLease(home, running));
    if (lease) return lease;

    // The server is starting or stopping; look again in a moment.
    if (!running || !(await isServerOf(running, home.cluster))) {
      const started = await startServer(home, settings, running, wantedPort);
      if (!started) failures += 1;
    }
    if (failures > 10 || Date.now() > deadline) {
      throw new Error(
        `The embedded PostgreSQL does not start; its last words, in ${home.log}:\n${await lastWords(home)}`,
      );
    }
    await wait(failures > 0 ? 500 : 50);
  }
}

async function tryLease(home: EmbeddedFolder, running: Postmaster): Promise<Lease | undefined> {
  const kept = await readKept(home);
  const client = new Client({
    host: '127.0.0.1',
    port: running.port,
    user: 'postgres',
    password: kept.password,
    database: 'postgres',
    application_name: 'attendant lease',
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory !== home.cluster) throw new Error('another server has that port now');
    // Waits while another process stops the server, then fails with it, and the server is started again.
    await client.query('SELECT pg_advisory_lock_shared($1)', [leaseLock]);
    return { client, kept, port: running.port };
  } catch {
    await client.end().catch(() => {});
    return undefined;
  }
}

async function isLast(client: Client): Promise<boolean> {
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [leaseLock]);
    const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [leaseLock]);
    return rows[0]?.alone === true;
  } catch {
    // The server is gone already.
    return false;
  }
}

async function startServer(
  home: EmbeddedFolder,
  settings: ServerSettings,
  stale: Postmaster | undefined,
  wantedPort: number | undefined,
): Promise<boolean> {
  if (!existsSync(home.cluster)) await makeCluster(home);
  // PostgreSQL ignores the file of a dead process, but not when another program has its id: then it would never start.
  if (stale?.alive) await rm(join(home.cluster, 'postmaster.pid'), { force: true });

  const port = wantedPort ?? (await freePort((await readKept(home)).port));
  const options = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A company's import fills empty tables within seconds; with the default, plans made for empty tables would be used
    // for a minute.
    autovacuum_naptime: '5s',
    ...settings,
  };
  const flags = Object.entries(options).map(([name, value]) => `-c ${name}='${value}'`);
  return runProgram(home, home.programs.pgCtl, ['start', '-w', '-l', home.log, '-o', flags.join(' ')]);
}

/**
 * Stop the server; resolves when its process is gone. `pg_ctl` would wait for a new server that another process may
 * have started.
 */
async function stopServer(home: EmbeddedFolder): Promise<void> {
  const running = await readPostmaster(home.cluster);
  await runProgram(home, home.programs.pgCtl, ['stop', '-m', 'fast', '--no-wait']);
  const deadline = Date.now() + 60_000;
  while (running && (await isServerOf(running, home.cluster)) && Date.now() < deadline) await wait(20);
}

/**
 * Create the cluster in a temporary folder and move it into place, so that it is complete or absent. The locale is
 * PostgreSQL's own, the same everywhere.
 */
async function makeCluster(home: EmbeddedFolder): Promise<void> {
  const draft = `${home.cluster}.${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  const kept: Kept = { password: randomBytes(24).toString('base64url'), port: await freePort() };
  const { runAs } = home.programs;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, kept.password, { mode: 0o600 });
    if (runAs) for (const path of [draft, passwordFile]) await chown(path, runAs.uid, runAs.gid);
    const made = await runProgram(home, home.programs.initdb, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    if (!made) throw new Error(`initdb failed; its last words, in ${home.log}:\n${await lastWords(home)}`);
    await writeFile(join(draft, 'attendant.json'), JSON.stringify(kept), { mode: 0o600 });
    // Another process was faster; keep its cluster.
    await rename(draft, home.cluster).catch((error) => {
      if (!existsSync(home.cluster)) throw error;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

const readKept = async (home: EmbeddedFolder): Promise<Kept> =>
  JSON.parse(await readFile(join(home.cluster, 'attendant.json'), 'utf8'));

async function createDatabase(client: Client): Promise<void> {
  await client.query('CREATE DATABASE attendant').catch((error: { code?: string }) => {
    // It exists, or another process is creating it.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

/** The wanted port if it is free, else any. */
async function freePort(wanted = 0): Promise<number> {
  const port = await new Promise<number | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
  return port ?? freePort();
}

/**
 * Run a program to its end; true when it succeeded. Its output goes to the log file, because the server would keep a
 * pipe open.
 */
async function runProgram(home: EmbeddedFolder, program: string, args: readonly string[]): Promise<boolean> {
  const log = await open(home.log, 'a', 0o600);
  try {
    const { runAs } = home.programs;
    if (runAs) await log.chown(runAs.uid, runAs.gid);
    const child = spawn(program, [...args, ...(program === home.programs.pgCtl ? ['-D', home.cluster] : [])], {
      ...runAs,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
    });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code === 0));
    });
  } finally {
    await log.close();
  }
}

const lastWords = async (home: EmbeddedFolder): Promise<string> =>
  (await readFile(home.log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-8).join('\n');
