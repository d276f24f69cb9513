import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

test('A SIGTERM to the process of npx alone ends the server too, cleanly', { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-npx-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const npx = spawn('npx', ['attendant', 'serve'], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: await testDatabase(),
      ATTENDANT_SECRET: 'a secret of the tests, 32 bytes long',
      ATTENDANT_DATA: folder,
      PORT: '0',
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Kill the whole group: without the fix, the server is an orphan by then.
  atTheEnd(async () => endGroup(npx));
  let log = '';
  npx.stdout.on('data', (chunk) => {
    log += chunk;
  });

  const url = await eventually(() => {
    const listening = /"url":"([^"]+)"/.exec(log)?.[1];
    if (listening === undefined) throw new Error(`not listening yet: ${log}`);
    return listening;
  }, 60);
  expect((await fetch(`${url}/healthz`)).ok).toBe(true);
  npx.kill('SIGTERM');
  await eventually(async () => expect(await fetch(`${url}/healthz`).catch(() => 'gone')).toBe('gone'), 15);
  // The port is closed before the last lines of the log have come through the pipe.
  await eventually(() => expect(log).toContain('stopping'));
});

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already, as it should.
  }
}
