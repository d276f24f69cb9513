import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingGroups } from '../../src/core/settings/groups.js';
import type { InBoth, Setting } from '../../src/core/settings/setting.js';
import { settings } from '../../src/core/settings/settings.js';
import { root } from '../../src/root-folder.js';

/** CONTRACT.md §8, word for word: key, kind, and the default as written there. */
const contract = `
  enabled tenant yes | edition tenant attendant_plus | language override en | timeZone override America/Toronto
  hours override | holidays tenant | notificationType override app_only | chatCards override yes | missedCalls tenant yes
  missedCallNotification override chat | quietHours override | digest override none
  directVoicemailTransfer override no | personalQueue override no | queueSeconds override 120 | urgentAllowed override yes
  transcripts gate yes | forwarding gate yes | appAccess gate yes | downloads tenant yes | outOfOffice tenant yes
  impersonationNotice tenant yes | backupCountsAtOnce tenant yes | speech tenant yes | openLinks tenant yes | linkDays tenant 30
  retentionDays tenant 30 | maxMessageSeconds tenant 180 | maxBoxMinutes tenant 300 | releaseOnDeactivation tenant none
  extensionRange tenant 200-899 | ringSeconds tenant 20 | stalePresenceMinutes tenant 480 | mainNumbers tenant
  accessNumber tenant | greetingKey tenant no | country tenant CA | allowedCountries tenant | operator tenant | generalMailbox tenant
  agentSipTemplate tenant sip:{agentId}@agents.invalid | deskPhones tenant no | otherLanguageNumbers tenant
  languageKey tenant no | offNumber tenant | offAnnouncementEn tenant | offAnnouncementFr tenant | muteSilentMessages tenant yes | blockWithheldNumbers tenant no`
  .split(/[|\n]/)
  .map((entry) => entry.trim())
  .filter((entry) => entry !== '');

const declared: readonly Setting[] = settings;

test('every key of the contract is declared once, with its kind and default, and no other is', () => {
  const shown = declared.map(({ key, kind, type, default: value }) =>
    `${key} ${kind} ${value === null ? '' : type.show(value, (id) => id)}`.trim(),
  );
  expect([...shown].sort()).toEqual([...contract].sort());
});

test('what needs voicemail stands in its one section, and nothing else does', () => {
  const plus = declared.filter((setting) => setting.plus).map(({ group }) => group);
  expect(new Set(plus)).toEqual(new Set(['voicemail']));
});

test('a default is a value that a person could have typed', async () => {
  const context = {
    country: 'CA',
    allowedCountries: [],
    agentIds: async () => [],
    findUser: async () => undefined,
    takenNumbers: async () => [],
  };
  for (const { key, type, default: value } of declared) {
    if (value === null) continue;
    const text = type.show(value, (id) => id);
    expect([key, await type.read(text, context)]).toEqual([key, { value }]);
  }
});

test('everything is named in both languages, and French keeps its punctuation with its word', () => {
  const names: InBoth[] = Object.values(settingGroups).map(({ title }) => title);
  for (const { words, type } of declared) {
    for (const field of ['label', 'hint'] as const) names.push({ en: words.en[field], fr: words.fr[field] });
    if (type.control.kind === 'choice') names.push(...type.control.options.map(({ label }) => label));
  }
  for (const { en, fr } of names) {
    expect(en).toMatch(/^\S.*\S$/);
    expect(fr).toMatch(/^\S.*\S$/);
    expect(fr).not.toMatch(/ [:;?!»]|« /);
  }
});

/** Places that combine the two sides of an override or a gate by hand, and not by `sql` or `countingValue`. */
function inlined(column: string, source: string): readonly string[] {
  const name = String.raw`"?\b${column}\b"?`;
  const capital = column.charAt(0).toUpperCase() + column.slice(1);
  return [
    // SQL reads the company's value beside the person's.
    String.raw`\bt\.${name}`,
    String.raw`COALESCE\((?:u|user|own|owner|person)\.${name}, ?\w+\.${name}\)`,
    String.raw`\.${name} AND \w+\.${name}`,
    // TypeScript combines both.
    String.raw`\.${column}\s*(?:\?\?|&&)\s*[\w.?]+\.${column}\b`,
    String.raw`\.${column}\s*(?:\?\?|&&)\s*\w+\.(?:tenant|company)${capital}\b`,
    String.raw`(?:person|user|row|own)\.${column}[^()]*, localeOf\([^()]*(?:tenant|company)`,
    String.raw`\b${column}: true[^;]*\btenant: \{[^}]*\b${column}\b`,
  ].flatMap((pattern) => source.match(new RegExp(pattern, 'g')) ?? []);
}

const joined = declared.filter(({ kind }) => kind !== 'tenant').map(({ column }) => column);

test('only the room of settings joins a company’s value with a person’s own', async () => {
  const names = await readdir(join(root, 'src', 'core'), { recursive: true });
  const paths = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('settings/'));
  const found: string[] = [];
  for (const path of paths) {
    const text = await readFile(join(root, 'src', 'core', path), 'utf8');
    for (const column of joined) found.push(...inlined(column, text).map((match) => `${path}: ${match}`));
  }
  expect(found).toEqual([]);
});

test.each([
  ['language', 'SELECT t.language AS "tenantLanguage"'],
  ['notificationType', 'COALESCE(u."notificationType", other."notificationType")'],
  ['forwardingAllowed', 'owner."forwardingAllowed" AND tenant."forwardingAllowed"'],
  ['timeZone', 'person.timeZone ?? company.timeZone'],
  ['timeZone', 'row.timeZone ?? row.tenantTimeZone'],
  ['appAllowed', 'user.appAllowed && user.tenant.appAllowed'],
  ['language', 'localeOf(row.language, localeOf(row.tenantLanguage))'],
  ['appAllowed', '{ appAllowed: true, tenant: { enabled: true, appAllowed: true } }'],
])('a joining of both sides of %s is recognised: %s', (column, source) => {
  expect(inlined(column, source)).not.toEqual([]);
});
