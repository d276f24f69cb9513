import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { scratchFolder } from './scratch.js';

/** An installation of Attendant: compiled, in its own process, with its own data folder. */
export interface Installation {
  readonly url: string;
  readonly pid: number;
  /** The time from the start of the process until `/readyz` answers 200. */
  readonly readyMilliseconds: number;
  /** Run `attendant …` on the same data and return its output. */
  cli(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** The settings of the Dockerfile, for the reference too; `npx attendant serve` sets no NODE_OPTIONS. */
const production = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', NODE_OPTIONS: '--max-semi-space-size=64' };
/** No limit, because one person sends thousands of requests here. */
const unlimited = { COMMANDS_PER_MINUTE: '0', API_REQUESTS_PER_MINUTE: '0' };
const bin = join(import.meta.dirname, '..', 'bin', 'attendant.js');

/** Start an installation with the small company; `folder` keeps its data for a second start. */
export async function startInstallation(env: Record<string, string>, folder?: string): Promise<Installation> {
  const data = folder ?? (await scratchFolder());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    ...production,
    HOME: process.env.HOME ?? '',
    LOG_LEVEL: 'error',
    PORT: String(port),
    PUBLIC_URL: url,
    ATTENDANT_DATA: data,
    ...unlimited,
    ...env,
  };
  const cli = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [bin, ...args], { env: environment, maxBuffer: 64 * 1024 * 1024 }))
      .stdout;

  if (folder === undefined) await cli('seed');
  const start = performance.now();
  const child = spawn(process.execPath, [bin, 'serve'], { env: environment, stdio: ['ignore', 2, 2] });
  await ready(url, child);
  return {
    url,
    pid: child.pid ?? 0,
    readyMilliseconds: performance.now() - start,
    cli,
    stop: async () => {
      await stopped(child);
      if (folder === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`attendant ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('attendant was not ready within 20 s');
}

/** Ask a process to end, and wait for its end. */
export function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Start `bench/reference/NAME.ts` in its own process; it prints its port once it listens. */
export async function startReference(name: string, env: Record<string, string> = {}) {
  const script = join(import.meta.dirname, 'reference', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...production, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => stopped(child) };
}
