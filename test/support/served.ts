import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/root-folder.js';
import { atTheEnd } from './clean-up.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

/** `attendant serve` in its own process, which a test may break. */
export interface Served {
  readonly url: string;
  readonly process: ChildProcess;
  /** Its whole output, log lines included. */
  output(): string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

export const servedSecret = randomUUID() + randomUUID();
export const servedApiKey = 'a-key-of-the-environment';

/** The environment of a process that listens on `port` and has its own files. */
export async function servedEnvironment(
  port: number,
  more: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-served-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return {
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    ATTENDANT_DATA: folder,
    ATTENDANT_SECRET: servedSecret,
    ATTENDANT_API_KEY: servedApiKey,
    LOG_LEVEL: 'info',
    ...more,
  };
}

/** Start a program from the sources; it is killed at the end of the file. */
export function startProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Omit<Served, 'url'> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, file), ...args], {
    cwd: root,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      written += chunk;
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  atTheEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { process: child, output: () => written, ended };
}

/** Start `serve`, or another program that serves, and resolve when it is ready. */
export async function serve(
  env: Readonly<Record<string, string>>,
  { file = 'src/cli/main.ts', args = ['serve'] }: { file?: string; args?: readonly string[] } = {},
): Promise<Served> {
  const port = await freePort();
  const program = startProgram(file, args, await servedEnvironment(port, env));
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (program.process.exitCode !== null) throw new Error(`it ended: ${program.output()}`);
    const { status } = await fetch(`${url}/readyz`);
    if (status !== 200) throw new Error(`not ready: ${program.output()}`);
  }, 60);
  return { ...program, url };
}
