import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';
import { type FakeTeams, fakeTeams } from '../fakes/teams/teams.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';

const entraTenantId = '3f6c2a51-7c1e-4b6e-9a57-0d7e5a4a9b10';
let teams: FakeTeams;
let environment: Record<string, string>;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const folder = await mkdtemp(join(tmpdir(), 'attendant-teams-bot-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  environment = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: await testDatabase(),
    ATTENDANT_SECRET: 'a secret of the tests, 32 bytes long',
    ATTENDANT_DATA: folder,
    TEAMS_COMPANY_BOTS: '1',
    BOT_LOGIN_URL: teams.url,
  };
});

/** Run `attendant …` with this text on its standard input. */
function attendant(input: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'bin', 'attendant.js'), ...args], { env: environment });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  // A command that reads no input may have ended before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  );
}

test('an operator sets a company’s bot at a terminal, and its secret is no argument', {
  timeout: 300_000,
}, async () => {
  const bot = teams.register(entraTenantId);
  const tenant = (await attendant('', 'tenant', 'create', 'Birch')).out.trim();
  const add = ['teams-bot', 'add', '--tenant', tenant, '--app-id', bot.appId, '--entra-tenant', entraTenantId];

  expect((await attendant('wrong\n', ...add)).err).toContain('Microsoft refuses this secret');
  expect(await attendant(`${bot.appPassword}\n`, ...add)).toMatchObject({ code: 0, err: '' });
  expect((await attendant('', ...add, '--secret', bot.appPassword)).code).toBe(2);

  const listed = await attendant('', 'teams-bot', 'list', '--tenant', tenant, '--json');
  expect(JSON.parse(listed.out)).toEqual([
    expect.objectContaining({ app: bot.appId, 'entra tenant': entraTenantId, secret: 'kept' }),
  ]);
  expect(listed.out).not.toContain(bot.appPassword);

  const url = ['--url', 'https://attendant.example'];
  const manifest = JSON.parse((await attendant('', 'manifest', 'teams', ...url, '--tenant', tenant)).out);
  expect(manifest.bots).toEqual([expect.objectContaining({ botId: bot.appId })]);

  expect((await attendant('', 'teams-bot', 'remove', bot.appId, '--tenant', tenant)).code).toBe(0);
});
