import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor, type PersonActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { asId, type SessionId } from '../../../src/core/ids.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import { type SettingKey, settings } from '../../../src/core/settings/settings.js';
import { closedBySql, sql } from '../../../src/core/settings/sql.js';
import { effective, why, whyAll } from '../../../src/core/settings/why.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { textOf } from '../../support/read.js';

let company: Company;

beforeEach(async () => {
  company = await testCompany();
});

const byAda = (): PersonActor => ({
  kind: 'self',
  tenantId: company.tenantId,
  userId: company.ada.id,
  role: 'admin',
  via: 'chat',
});
const set = (key: SettingKey, text: string, person?: Person) =>
  changeSetting(company.deps, byAda(), { key, userId: person?.id }, text);
const of = (person?: Person) => ({ tenantId: company.tenantId, userId: person?.id });

async function refusal(key: SettingKey, text: string, person?: Person): Promise<string> {
  const error = await set(key, text, person).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`${key} took ${text}`);
  expect(error.say(wordsIn('fr'))).not.toBe('');
  return error.say(wordsIn('en'));
}

test('every setting has the default that a new company gets from the database', async () => {
  const { id } = await company.db.tenant.create({ data: { name: 'New' } });
  const row = (await company.db.tenant.findUniqueOrThrow({ where: { id } })) as unknown as Record<string, unknown>;
  for (const { key, column, default: value } of settings) expect([key, row[column]]).toEqual([key, value]);
});

test('a gate is what both sides allow; closed by the company it is locked, and says by whom', async () => {
  const { bo } = company;
  expect(await why(company.deps, of(bo), 'forwarding')).toMatchObject({ value: true, source: 'default' });
  await set('forwarding', 'no', bo);
  expect(await why(company.deps, of(bo), 'forwarding')).toMatchObject({
    value: false,
    text: 'no',
    source: 'own',
    lockedBy: undefined,
    origin: { changedBy: 'Ada Roy', via: 'chat', changedAt: company.clock.now() },
  });
  await set('forwarding', 'yes', bo);
  await set('forwarding', 'no');
  expect(await why(company.deps, of(bo), 'forwarding')).toMatchObject({
    value: false,
    source: 'company',
    lockedBy: 'company',
    origin: { changedBy: 'Ada Roy' },
  });
});

test('an override is the person’s own, else the company’s; a dash clears it', async () => {
  const { bo } = company;
  await set('notificationType', 'email_only');
  expect(await why(company.deps, of(bo), 'notificationType')).toMatchObject({ text: 'email_only', source: 'company' });
  await set('notificationType', 'email_with_attachment', bo);
  expect(await effective(company.deps, of(bo), 'notificationType')).toBe('email_with_attachment');
  await set('notificationType', '-', bo);
  expect(await effective(company.deps, of(bo), 'notificationType')).toBe('email_only');
  await set('notificationType', '-');
  expect(await effective(company.deps, of(bo), 'notificationType')).toBe('app_only');
});

test('a change is on record with what it was before, under one name everywhere', async () => {
  expect(await set('openLinks', 'NO')).toBe(true);
  expect((await company.audit()).at(-1)).toMatchObject({
    event: 'setting.changed',
    actorId: company.ada.id,
    subjectId: company.tenantId,
    before: { openLinks: 'yes' },
    after: { openLinks: 'no' },
  });
});

test('a save that changes nothing writes nothing', async () => {
  await set('ringSeconds', '25');
  const lines = (await company.audit()).length;
  const kept = await company.db.settingOrigin.findMany();
  company.clock.forward({ minutes: 5 });
  for (const again of ['25', ' 25 ']) expect(await set('ringSeconds', again)).toBe(false);
  expect(await set('language', '-', company.bo)).toBe(false);
  expect(await company.audit()).toHaveLength(lines);
  expect(await company.db.settingOrigin.findMany()).toEqual(kept);
});

test('two changes at once come one after the other, and each line has what the other left', async () => {
  await Promise.all(['21', '22', '23'].map((text) => set('ringSeconds', text)));
  const lines = (await company.audit()).filter(({ event }) => event === 'setting.changed');
  const chain = lines.map(({ before, after }) => [
    (before as { ringSeconds: string }).ringSeconds,
    (after as { ringSeconds: string }).ringSeconds,
  ]);
  expect(chain.map(([before]) => before)).toEqual(['20', ...chain.slice(0, -1).map(([, after]) => after)]);
});

describe('a value is refused in words that say what to write', () => {
  // Another person's main number, and the company's own numbers for one purpose each.
  beforeEach(async () => {
    await company.db.tenant.create({ data: { name: 'Rival', mainNumbers: ['+12125550100'] } });
  });

  test.each([
    ['ringSeconds', '61', 'from 5 to 60'],
    ['ringSeconds', '4', 'from 5 to 60'],
    ['ringSeconds', '1e1', 'from 5 to 60'],
    ['stalePresenceMinutes', '1441', 'from 5 to 1440'],
    ['enabled', 'perhaps', 'yes, no'],
    ['edition', 'gold', 'attendant_plus'],
    ['language', 'de', 'en, fr'],
    ['timeZone', 'Toronto', 'America/Toronto'],
    ['country', 'Canada', 'two letters'],
    ['allowedCountries', 'CA, Mexico', 'two letters'],
    ['mainNumbers', '+14165550100, nine', 'nine'],
    ['mainNumbers', '+14165550101', 'leads somewhere else already'],
    ['mainNumbers', '+12125550100', 'leads somewhere else already'],
    ['accessNumber', '+14165550100', 'leads somewhere else already'],
    ['accessNumber', 'mailbox', 'mailbox'],
    ['operator', 'nobody@maple.example', 'nobody with access'],
    ['operator', '9999', 'nobody with access'],
    ['hours', 'Mo-Fr nine to five', 'Mo-Fr 09:00-17:00'],
    ['hours', 'Lundi 09:00-17:00', 'Mo-Fr 09:00-17:00'],
    ['holidays', 'CA, 2026-02-30', '2026-02-30'],
    ['holidays', 'Christmas', 'CHRISTMAS'],
    ['holidays', 'CA-ZZ', 'CA-ZZ'],
    ['holidays', 'CA-QC-MTL', 'CA-QC-MTL'],
    ['quietHours', '22-7', '22:00-07:00'],
    ['quietHours', '22:00-22:00', '22:00-07:00'],
    ['digest', 'hourly', 'none, daily, weekly'],
    ['queueSeconds', '601', 'from 10 to 600'],
    ['extensionRange', '200-1000', '200-899'],
    ['extensionRange', '899-200', '200-899'],
    ['agentSipTemplate', `sip:{agentId}@${'x'.repeat(3000)}`, '2000 characters'],
    ['operator', 'nil@maple.example', 'nobody with access'],
    ['agentSipTemplate', 'sip:agent@pbx.example', '{agentId}'],
  ] as const)('%s %s', async (key, text, words) => {
    expect(await refusal(key, text)).toContain(words);
    expect(await company.audit()).toEqual([]);
  });

  test('what is the company’s alone is no person’s', async () => {
    expect(await refusal('ringSeconds', '20', company.bo)).toContain('the company’s alone');
  });

  test('what needs voicemail is not there without it', async () => {
    await set('edition', 'attendant');
    expect(await refusal('openLinks', 'no')).toContain('not part of');
  });

  test('nobody of another company is meant', async () => {
    const { id } = await company.db.tenant.create({ data: { name: 'Rival' } });
    const actor = installationActor(id as typeof company.tenantId, 'cli');
    const foreign = changeSetting(company.deps, actor, { key: 'language', userId: company.bo.id }, 'fr');
    await expect(foreign).rejects.toBeInstanceOf(UserError);
    expect(await company.db.user.findUnique({ where: { id: company.bo.id } })).toMatchObject({ language: null });
  });
});

test('numbers, people and countries are read as people write them', async () => {
  expect(textOf(await company.ask(company.ada, 'admin'))).toMatch(/Countries calls may go to\W+The own country/);
  await set('mainNumbers', '(416) 555-0100; +1 416 555 0199');
  await set('operator', 'BO@maple.example');
  await set('country', 'us');
  await set('allowedCountries', 'mx, us;MX');
  const shown = new Map((await whyAll(company.deps, of())).map(({ key, text }) => [key, text]));
  expect(shown.get('mainNumbers')).toBe('+14165550100,+14165550199');
  expect(shown.get('operator')).toBe('bo@maple.example');
  expect(shown.get('country')).toBe('US');
  expect(shown.get('allowedCountries')).toBe('MX,US');
});

test('a person’s own hours, quiet hours and queue go before the company’s, an empty one too', async () => {
  const { bo } = company;
  await set('hours', ' mo-fr 9:00 - 17:00 ;sa 10:00-14:00; ');
  expect(await effective(company.deps, of(bo), 'hours')).toBe('Mo-Fr 09:00-17:00; Sa 10:00-14:00');
  await set('hours', '', bo);
  expect(await why(company.deps, of(bo), 'hours')).toMatchObject({ value: '', source: 'own' });
  await set('hours', '-', bo);
  expect(await why(company.deps, of(bo), 'hours')).toMatchObject({ source: 'company' });

  await set('quietHours', '22:00-07:00', bo);
  await set('personalQueue', 'yes', bo);
  await set('queueSeconds', '45', bo);
  const shown = new Map((await whyAll(company.deps, of(bo))).map(({ key, text, source }) => [key, [text, source]]));
  expect(shown.get('quietHours')).toEqual(['22:00-07:00', 'own']);
  expect(shown.get('personalQueue')).toEqual(['yes', 'own']);
  expect(shown.get('queueSeconds')).toEqual(['45', 'own']);
  expect(shown.get('holidays')).toEqual(['', 'default']);
});

test('holidays are days, countries and provinces, each once', async () => {
  await set('holidays', '2026-12-24; ca 2026-12-24, CA');
  expect(await effective(company.deps, of(), 'holidays')).toEqual(['2026-12-24', 'CA']);
  await set('holidays', 'ca-qc, 2026-12-24');
  expect(await effective(company.deps, of(), 'holidays')).toEqual(['2026-12-24', 'CA-QC']);
});

test('an operator is named by address, extension or direct number', async () => {
  const { bo, ann } = company;
  const row = await company.db.user.findUniqueOrThrow({ where: { id: ann.id } });
  await set('operator', bo.email);
  expect(await effective(company.deps, of(), 'operator')).toBe(bo.id);
  await set('operator', row.extension ?? '');
  expect(await effective(company.deps, of(), 'operator')).toBe(ann.id);
  expect(await set('operator', row.did ?? '')).toBe(false);
});

test('a query joins both sides as the settings do', async () => {
  const { bo, db, tenantId } = company;
  const rows = { user: 'u', tenant: 't' };
  const read = async () => {
    const [row] = await db.$queryRaw<Record<string, unknown>[]>`
      SELECT ${sql('language', rows)} AS language, ${sql('forwarding', rows)} AS forwarding,
        ${sql('ringSeconds', rows)} AS "ringSeconds", ${closedBySql('forwarding', rows)} AS "closedBy"
      FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE u.id = ${bo.id}::uuid AND t.id = ${tenantId}::uuid`;
    return row;
  };
  await set('ringSeconds', '31');
  expect(await read()).toEqual({ language: 'en', forwarding: true, ringSeconds: 31, closedBy: null });
  await set('language', 'fr');
  await set('forwarding', 'no', bo);
  expect(await read()).toMatchObject({ language: 'fr', forwarding: false, closedBy: 'own' });
  await set('language', 'en', bo);
  await set('forwarding', 'no');
  expect(await read()).toMatchObject({ language: 'en', forwarding: false, closedBy: 'company' });
});

test('an admin who acts as somebody is named beside them', async () => {
  const { ada, bo } = company;
  const actor: PersonActor = {
    ...{ kind: 'impersonating', tenantId: company.tenantId, userId: bo.id, role: 'member', via: 'chat' },
    ...{ impersonatorId: ada.id, sessionId: asId<SessionId>(randomUUID()), reason: 'Bo asked me to.' },
  };
  await changeSetting(company.deps, actor, { key: 'digest', userId: bo.id }, 'weekly');
  const { origin } = await why(company.deps, of(bo), 'digest');
  expect(origin).toMatchObject({ changedBy: bo.displayName, impersonator: ada.displayName });
});

test('the edition without voicemail loses nothing: what was set is back with Plus', async () => {
  await set('retentionDays', '90');
  await set('forwarding', 'no', company.bo);
  await set('edition', 'attendant');
  expect(await refusal('retentionDays', '10')).toContain('not part of');
  await set('edition', 'attendant_plus');
  expect(await effective(company.deps, of(), 'retentionDays')).toBe(90);
  expect(await why(company.deps, of(company.bo), 'forwarding')).toMatchObject({ value: false, source: 'own' });
});

test('what an import sets has who and when too', async () => {
  const file = Buffer.from('username,language,app_access,notification_type\nbo,fr,no,email_with_attachment\n');
  await importFile(company.deps, installationActor(company.tenantId, 'cli'), file, { dryRun: false });
  const origin = { changedBy: undefined, via: 'cli', changedAt: company.clock.now() };
  expect(await why(company.deps, of(company.bo), 'language')).toMatchObject({ text: 'fr', source: 'own', origin });
  expect(await why(company.deps, of(company.bo), 'appAccess')).toMatchObject({ text: 'no', source: 'own', origin });
});

test.each(['enabled', 'appAccess'] as const)('the company’s %s off ends every impersonation at once', async (key) => {
  const { ada, ann } = company;
  await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'Ann asked me to set her absence.' });
  await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
  await set(key, 'no');
  const [session] = await company.db.impersonationSession.findMany();
  expect(session).toMatchObject({ endedAt: company.clock.now(), endedHow: 'app-switched-off' });
  expect((await company.ask(ada, 'help')).bar).toBeUndefined();
});

test('a company that is switched off ends sessions and sign-in links; switched on again, nobody is signed in', async () => {
  const { ann, bo, tenantId, clock, db } = company;
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  for (const { id: userId } of [ann, bo])
    await db.webSession.create({ data: { tenantId, userId, createdAt: clock.now(), expiresAt } });
  await db.signInLink.create({ data: { tenantId, userId: ann.id, expiresAt } });
  await set('enabled', 'no');
  await set('enabled', 'yes');
  expect(await db.webSession.count({ where: { endedAt: null } })).toBe(0);
  expect(await db.signInLink.count({ where: { usedAt: null } })).toBe(0);
  expect((await company.audit()).map(({ event, after }) => [event, after])).toEqual([
    ['setting.changed', { enabled: 'no' }],
    ['access.ended', { sessions: 2, signInLinks: 1 }],
    ['setting.changed', { enabled: 'yes' }],
  ]);
});

test('a person’s app closed ends their sessions, and is on record', async () => {
  const { bo, tenantId, clock } = company;
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  await company.db.webSession.create({ data: { tenantId, userId: bo.id, createdAt: clock.now(), expiresAt } });
  await company.db.tenant.updateMany({ data: { notificationType: 'email_with_attachment' } });
  await set('appAccess', 'no', bo);
  expect(await company.db.webSession.count({ where: { endedAt: null } })).toBe(0);
  expect((await company.audit()).map(({ event }) => event)).toEqual(['setting.changed', 'access.ended']);
});
