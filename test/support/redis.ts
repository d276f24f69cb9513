import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { find } from '../../scripts/debian-tools.mjs';
import { freePort } from './ports.js';

export interface RunningRedis {
  readonly url: string;
  stop(): Promise<void>;
  kill(): void;
}

/** Start a Redis server without persistence; undefined when the machine has none. */
export async function startRedis(folder: string, wantedPort?: number): Promise<RunningRedis | undefined> {
  const program = find('redis');
  if (!program) return undefined;
  const port = wantedPort ?? (await freePort());
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--loglevel', 'warning'];
  const child = spawn(program.path, flags, { stdio: 'ignore', env: { ...process.env, ...program.env } });
  await untilRedisAnswers(port, child);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => child.kill(),
    async stop() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function untilRedisAnswers(port: number, child: ChildProcess): Promise<void> {
  const redis = new Redis({ port, lazyConnect: true, retryStrategy: () => 50 });
  redis.on('error', () => {});
  const gone = once(child, 'exit').then(() => {
    throw new Error('redis-server ended at once');
  });
  gone.catch(() => {});
  await Promise.race([redis.ping(), gone, wait(5000, undefined, { ref: false })]);
  redis.disconnect();
}
