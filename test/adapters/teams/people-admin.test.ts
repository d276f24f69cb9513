import { beforeAll, expect, test } from 'vitest';
import { cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { walk } from '../../fakes/teams/strict.js';
import { type FakeCard, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let ada: ReturnType<typeof teamsClient>;
beforeAll(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const { account, displayName } = company.ada;
  ada = teamsClient(teams, url, {
    accountId: account.accountId,
    tenantId: account.externalWorkspaceId,
    name: displayName,
  });
});

/** What Teams sends of a card’s inputs that nobody touched. */
function inputsOf(card: FakeCard): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  walk(card, (element) => {
    if (String(element.type).startsWith('Input.')) values[String(element.id)] = element.value ?? '';
  });
  return values;
}

test('somebody is deactivated from a card, with who replaces them and who gets their messages, and returns', async () => {
  const { ann, bo, cleo, nil, db, tenantId } = company;
  await db.tenant.updateMany({ data: { releaseOnDeactivation: 'extension' } });
  await db.user.update({ where: { id: cleo.id }, data: { defaultBackupId: ann.id } });
  await db.voicemail.create({
    data: { tenantId, userId: ann.id, sourceId: 'open', durationSeconds: 4, receivedAt: company.clock.now() },
  });
  await ada.say('admin people Ann');
  await ada.press(ada.last(), 'Ann Baker');
  const dialog = cardIn(await ada.press(ada.last(), 'admin.deactivate'));
  for (const line of ['Backup user of 1: Cléo Dubois', '(416) 555-0101: stays theirs', 'One open voicemail'])
    expect(wordsOf(dialog)).toContain(line);

  // Nobody is their own replacement.
  walk(dialog, ({ id, choices }) => {
    if (id !== 'replacement' && id !== 'voicemailsTo') return;
    expect(JSON.stringify(choices)).toContain(bo.id);
    expect(JSON.stringify(choices)).not.toContain(ann.id);
  });

  const refused = cardIn(await ada.press(dialog, 'Deactivate', { ...inputsOf(dialog), replacement: nil.id }));
  expect(wordsOf(refused)).toContain('Nil Access cannot take calls');
  await ada.press(refused, 'Deactivate', { ...inputsOf(refused), replacement: bo.id, voicemailsTo: bo.id });
  const gone = wordsOf(ada.last().card);
  for (const line of ['Ann Baker was deactivated.', 'backup user of 1', 'Bo Chen has the open voicemails (1).'])
    expect(gone).toContain(line);
  expect(await db.user.findUnique({ where: { id: ann.id } })).toMatchObject({ access: 'none', extension: null });
  expect(await db.voicemail.count({ where: { userId: bo.id } })).toBe(1);

  await ada.press(ada.last(), 'admin.restore');
  expect(await db.user.findUnique({ where: { id: ann.id } })).toMatchObject({
    ...{ access: 'attendant_only', extension: '101' },
  });
});

test('a dialog of settings that is sent as it came writes nothing', async () => {
  await ada.say('admin settings');
  const form = cardIn(await ada.press(ada.last(), 'Change calls'));
  await ada.press(form, 'Save', inputsOf(form));
  expect((await company.audit()).filter(({ event }) => event === 'setting.changed')).toEqual([]);
  expect(await company.db.settingOrigin.count()).toBe(0);
});
