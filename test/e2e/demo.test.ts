import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';
import { atTheEnd } from '../support/clean-up.js';
import { testCompany } from '../support/company.js';

test('The demo says first that anybody may be anybody, and refuses a database that has people', {
  timeout: 60_000,
}, async () => {
  const company = await testCompany();
  const folder = await mkdtemp(join(tmpdir(), 'attendant-demo-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));

  const { code, out, err } = await demo({ DATABASE_URL: company.databaseUrl, ATTENDANT_DATA: folder, PORT: '0' });
  expect(out.split('\n')[0]).toContain('everybody who can open its address may sign in as anybody');
  expect(err).toContain('DATABASE_URL already has people');
  expect(code).toBe(1);
  expect(await company.db.tenant.count()).toBe(1);
});

function demo(environment: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', 'demo.ts'), '--once'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  atTheEnd(async () => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}
