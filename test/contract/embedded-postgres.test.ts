import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded.js';
import { root } from '../../src/root-folder.js';
import { atTheEnd } from '../support/clean-up.js';
import { eventually } from '../support/eventually.js';

// Creating a cluster takes seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-embedded-'));
  await chmod(folder, 0o755);
  const made = folder;
  atTheEnd(() => rm(made, { recursive: true, force: true }));
});

const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres(folder, { fsync: 'off' });
const pidFile = () => join(folder, 'postgres', 'cluster', 'postmaster.pid');
const serverPid = async () => Number.parseInt(await readFile(pidFile(), 'utf8'), 10);

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Another process on the same folder. */
async function startBeside(): Promise<{ child: ChildProcess; url: string }> {
  const script = join(root, 'test', 'support', 'hold-database.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  atTheEnd(async () => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { child, url: String(line).trim() };
}

const ended = (url: string) => eventually(() => expect(ask(url, 'SELECT 1')).rejects.toThrow());

test('a second start joins; the data stays; the last to leave stops the server', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const second = await start();
  expect(second.url).toBe(first.url);

  await first.stop();
  expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(42);
  await second.stop();
  await ended(first.url);

  const again = await start();
  expect(again.url).toBe(first.url);
  expect(await ask(again.url, 'SELECT answer FROM kept')).toBe(42);
  await again.stop();
});

test('two that start at once on an empty folder share one server', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one.url).toBe(other.url);
  await Promise.all([one.stop(), other.stop()]);
  await ended(one.url);
});

test('one that leaves while another comes does not take the server away from it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const leaving = await start();
    const [, coming] = await Promise.all([leaving.stop(), start()]);
    expect(await ask(coming.url, 'SELECT 1')).toBe(1);
    await coming.stop();
  }
});

test('after a process was killed its server is joined, and stopped by the next', async () => {
  const { child, url } = await startBeside();
  const orphan = await serverPid();
  child.kill('SIGKILL');
  await once(child, 'exit');

  const next = await start();
  expect(next.url).toBe(url);
  expect(await serverPid()).toBe(orphan);
  await next.stop();
  await ended(url);
});

test('after process and server were killed, it starts with its data, whoever has the old number now', async () => {
  const { child, url } = await startBeside();
  await ask(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  child.kill('SIGKILL');
  await once(child, 'exit');
  process.kill(await serverPid(), 'SIGKILL');
  // The machine was restarted, and another process has the id: this very process.
  const stale = await readFile(pidFile(), 'utf8');
  await writeFile(pidFile(), stale.replace(/^\d+/, String(process.pid)));

  const next = await start();
  expect(await ask(next.url, 'SELECT answer FROM kept')).toBe(42);
  await next.stop();
});

test('a server that dies in use comes back at the same address', async () => {
  const running = await start();
  process.kill(await serverPid(), 'SIGKILL');
  await eventually(async () => expect(await ask(running.url, 'SELECT 1')).toBe(1), 20);
  await running.stop();
  await ended(running.url);
});

describe.runIf(process.getuid?.() === 0)('as root, whom PostgreSQL refuses', () => {
  test('it runs as somebody else', async () => {
    const running = await start();
    expect((await lstat(join(folder, 'postgres', 'cluster'))).uid).not.toBe(0);
    await running.stop();
  });

  test('in a folder that only root can enter, the data lies elsewhere, and is found again', async () => {
    await chmod(folder, 0o700);
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const place = join(folder, 'postgres');
    expect((await lstat(place)).isSymbolicLink()).toBe(true);
    const elsewhere = await realpath(place);
    atTheEnd(() => rm(elsewhere, { recursive: true, force: true }));

    const again = await start();
    expect(await ask(again.url, 'SELECT answer FROM kept')).toBe(42);
    await again.stop();
  });
});
