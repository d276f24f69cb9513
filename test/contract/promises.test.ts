import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { attendantProgram } from '../../src/cli/program.js';
import { knownVariables, readEnvironment } from '../../src/env.js';
import { root } from '../../src/root-folder.js';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');
const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', '.env.example', 'compose.yaml'].map(read).join('\n');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Outside systems rely on these names: names may be added, none removed. */
const promised = {
  environment:
    'PORT HOST PUBLIC_URL HEALTH_PORT DATABASE_URL REDIS_URL ATTENDANT_SECRET SLACK_SIGNING_SECRET SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_STATE_SECRET SLACK_API_URL MICROSOFT_APP_ID MICROSOFT_APP_PASSWORD MICROSOFT_APP_TYPE MICROSOFT_APP_TENANT_ID TEAMS_ANONYMOUS TEAMS_COMPANY_BOTS BOT_OPENID_METADATA_URL BOT_LOGIN_URL VOICE_ACCOUNT_SID VOICE_AUTH_TOKEN VOICE_API_URL ATTENDANT_API_KEY SMTP_URL MAIL_FROM INBOUND_SMTP_PORT INBOUND_SMTP_DOMAIN RECORDINGS_URL TRANSCRIBE_URL TRANSCRIBE_API_KEY TRANSCRIBE_MODEL LOG_LEVEL LOG_FORMAT'.split(
      ' ',
    ),
  commands: [
    'serve --role',
    'migrate',
    'seed',
    'call --from --to --say --digits --record --json',
    'explain --to --at --json',
    'import --dry-run --json',
    'export --format --json',
    'audit verify --json',
    'doctor --json',
    'api-key create --tenant',
    'api-key revoke',
    'manifest slack --url --out',
    'manifest teams --url --tenant --out',
    'teams-bot add --tenant --app-id --entra-tenant --type',
    'teams-bot list --tenant --json',
    'teams-bot remove --tenant',
    'link --platform --workspace --account --user',
  ],
};

describe('The environment', () => {
  const example = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)];

  test('knows every promised name', () => {
    expect(promised.environment.filter((name) => !knownVariables.includes(name))).toEqual([]);
  });

  test('is shown whole in .env.example, in which nothing is set', () => {
    expect(example.map(([, name]) => name).sort()).toEqual([...knownVariables].sort());
    expect(read('.env.example')).not.toMatch(/^[A-Z]/m);
  });

  test('takes the examples as they stand', () => {
    const shown = Object.fromEntries(example.map(([, name, value]) => [name, value]));
    // A secret must not be an example.
    expect(readEnvironment({ ...shown, ATTENDANT_SECRET: 'x'.repeat(32) })).toMatchObject({
      mail: { from: shown.MAIL_FROM },
      redisUrl: shown.REDIS_URL,
    });
  });

  test('has every name that a page speaks of', () => {
    const others = [
      'POSTGRES_PASSWORD',
      'POSTGRES_USER',
      'POSTGRES_DB',
      'TEST_DATABASE_URL',
      'PROPERTY_RUNS',
      'PROPERTY_SEED',
      'CHROMIUM_PATH',
      'NODE_OPTIONS',
      // The AWS SDK’s own.
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
    ];
    const named = [...pages.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([name]) => name);
    expect(named.filter((name) => !knownVariables.includes(name) && !others.includes(name))).toEqual([]);
  });
});

describe('The terminal', () => {
  /** The first column of the README’s table of commands. */
  const table = readme.split('| `npx attendant …` |')[1]?.split('\n\n')[0] ?? '';
  const told = [...table.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, line]) => line ?? ''),
  );

  test('has every promised command, with its options', () => {
    for (const line of promised.commands) expect(missingFrom(line), line).toEqual([]);
  });

  test('has every command and option that a page speaks of', () => {
    const shown = [...pages.matchAll(/npx attendant ([a-z][^`)\n]*)/g)].map(([, line]) => line ?? '');
    expect(shown.length).toBeGreaterThan(4);
    for (const line of [...shown, ...told]) expect(missingFrom(line), line).toEqual([]);
  });

  test('is told whole in the README', () => {
    for (const words of leaves(attendantProgram()))
      expect(
        told.filter((line) => `${line} `.startsWith(`${words} `)),
        words,
      ).not.toEqual([]);
  });

  test('says of every command and option what it does', () => {
    for (const command of all(attendantProgram())) {
      expect(command.description(), command.name()).not.toBe('');
      for (const { description, flags } of command.options)
        expect(description, `${command.name()} ${flags}`).not.toBe('');
    }
  });
});

describe('npm', () => {
  test('has every script that a page speaks of, and the README every one that is promised', () => {
    const named = [...pages.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    for (const name of ['run demo', 'run dev', 'test', 'run check', 'run bench']) {
      expect(readme).toContain(`| \`npm ${name}`);
    }
    expect(readme).toContain('| `docker compose up`');
  });

  test('every file that the README links to is there', () => {
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
    expect(linked.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** The names in a line that the program does not have. */
function missingFrom(line: string): string[] {
  let command = attendantProgram();
  for (const word of line.split(' ')) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) break;
    command = next;
  }
  if (command.commands.length > 0) return [line];
  const flags = line.match(/(?<= )--[a-z-]+/g) ?? [];
  return flags.filter((flag) => flag !== '--help' && !command.options.some(({ long }) => long === flag));
}

const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];

/** Every command that performs an action, as it is typed: `audit verify`. */
const leaves = (command: Command, typed: readonly string[] = []): string[] =>
  command.commands.length === 0
    ? [typed.join(' ')]
    : command.commands.flatMap((one) => leaves(one, [...typed, one.name()]));
