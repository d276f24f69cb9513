import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/root-folder.js';

/** The only writers of each table: folders or files (ARCHITECTURE.md). */
const owners: Readonly<Record<string, readonly string[]>> = {
  User: ['src/core/people/'],
  Tenant: ['src/core/tenants/', 'src/core/settings/'],
  Presence: ['src/core/calls/presence.store.ts'],
  DeliveryAttempt: ['src/core/notices/'],
  OutgoingCall: ['src/core/calls/outgoing/outgoing-calls.store.ts'],
  BlockedCaller: ['src/core/blocking/'],
  Digest: ['src/core/digest/'],
  Greeting: ['src/core/voicemail/greetings/'],
  HoldMusic: ['src/core/calls/hold-music/'],
  Transcription: ['src/core/voicemail/transcripts/'],
  BoxWarning: ['src/core/voicemail/mailbox/'],
  MailboxMember: ['src/core/voicemail/mailbox/'],
  CompanyClosure: ['src/core/routing/closure/'],
  ApiKey: ['src/core/api-keys/'],
  WorkspaceCredential: ['src/core/accounts/workspace-credentials.store.ts'],
  TeamsBot: ['src/core/teams-bots/'],
  SettingOrigin: ['src/core/settings/'],
};

/** The writes to a table in a source text, by SQL or by Prisma, nested ones too. */
function writesTo(table: string, source: string): readonly string[] {
  const model = table.charAt(0).toLowerCase() + table.slice(1);
  const sql = String.raw`(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+"${table}"`;
  const prisma = String.raw`\.${model}\s*\.(?:create|update|upsert|delete)\w*\s*\(`;
  const nested = String.raw`\b${model}s?:\s*\{\s*(?:create|update|upsert|delete)\w*:`;
  return source.match(new RegExp(`${sql}|${prisma}|${nested}`, 'gi')) ?? [];
}

async function sources(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const names = await readdir(join(root, 'src'), { recursive: true });
  const paths = names
    .map((name) => join('src', name).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('src/generated/'));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

test.each(Object.keys(owners))('only its own room writes the table %s', async (table) => {
  const writers = (await sources()).filter(({ text }) => writesTo(table, text).length > 0).map(({ path }) => path);
  const own = owners[table] ?? [];
  expect(writers.filter((path) => !own.some((room) => path.startsWith(room)))).toEqual([]);
  // An owner that no longer writes must be removed from this list.
  expect(own.filter((room) => !writers.some((path) => path.startsWith(room)))).toEqual([]);
});

test.each([
  'UPDATE "User" SET access = $1',
  'INSERT INTO "User" (id) VALUES ($1)',
  'await change.db.user.update({ where: { id } })',
  'db.user\n    .createMany({ data })',
  'db.account.create({ data: { user: { create: { email } } } })',
])('a write is recognised: %j', (source) => {
  expect(writesTo('User', source)).toHaveLength(1);
});

test.each(['SELECT 1 FROM "User" FOR UPDATE', 'db.user.findMany({ where })', 'UPDATE "UserFoo" SET a = 1'])(
  'a question is no write: %j',
  (source) => {
    expect(writesTo('User', source)).toEqual([]);
  },
);

test('how people are called and who has access is said by the people’s own room alone', async () => {
  const elsewhere = (await sources()).filter(({ path }) => !path.startsWith('src/core/people/'));
  const said =
    /"firstName"\)? \|\| ' '|\baccess"? (?:<>|!=|=) 'none'|access: \{ not: 'none' \}|\w\.access [!=]== 'none'|"inDirectory" AND/;
  expect(elsewhere.filter(({ text }) => said.test(text)).map(({ path }) => path)).toEqual([]);
});
