import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { find } from '../scripts/debian-tools.mjs';
import { freePort, stopped } from './installation.js';

/** Start a Redis server without a file on disk; undefined when this machine has none. */
export async function startLocalRedis(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  const redis = find('redis');
  if (redis === undefined) return undefined;
  const port = await freePort();
  const child = spawn(redis.path, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    env: { ...process.env, ...redis.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (let said = ''; !said.includes('Ready to accept'); ) said += String(await once(child.stdout, 'data'));
  child.stdout.resume();
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopped(child) };
}
