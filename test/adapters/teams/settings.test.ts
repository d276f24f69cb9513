import { beforeAll, expect, test } from 'vitest';
import { actionOf, cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { walk } from '../../fakes/teams/strict.js';
import { type FakeCard, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let ada: ReturnType<typeof teamsClient>;
let bo: ReturnType<typeof teamsClient>;

beforeAll(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const clientOf = ({ account, displayName }: Company['ada']) =>
    teamsClient(teams, url, {
      accountId: account.accountId,
      tenantId: account.externalWorkspaceId,
      name: displayName,
    });
  ada = clientOf(company.ada);
  bo = clientOf(company.bo);
});

const tenant = () => company.db.tenant.findFirstOrThrow();

/** What Teams sends of a card’s inputs that nobody touched. */
function inputsOf(card: FakeCard): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  walk(card, (element) => {
    if (String(element.type).startsWith('Input.')) values[String(element.id)] = element.value ?? '';
  });
  return values;
}

const openGroup = async (client: typeof ada, command: string, title: string) => {
  await client.say(command);
  return cardIn(await client.press(client.last(), title));
};

test('one’s own settings: a card, a dialog for a group, saved', async () => {
  await bo.say('réglages');
  expect(wordsOf(bo.last().card)).toContain('Your settings');
  const form = await openGroup(bo, 'settings', 'Change notifications');
  const wrong = await bo.press(form, 'Save', { ...inputsOf(form), quietHours: 'at night' });
  expect(wordsOf(cardIn(wrong))).toContain('Use two times');
  await bo.press(cardIn(wrong), 'Save', { ...inputsOf(form), quietHours: '21:00-06:00' });
  expect(await company.db.user.findUniqueOrThrow({ where: { id: company.bo.id } })).toMatchObject({
    quietHours: '21:00-06:00',
    chatCards: null,
    digest: null,
  });
});

test('what the company locked is words in the dialog, and no input', async () => {
  const companys = await openGroup(ada, 'admin settings', 'Change voicemail management');
  await ada.press(companys, 'Save', { ...inputsOf(companys), forwarding: 'no' });
  const form = await openGroup(bo, 'settings', 'Change voicemail management');
  expect(wordsOf(form)).toMatch(/Locked by the company · Ada Roy/);
  expect(inputsOf(form)).not.toHaveProperty('forwarding');
  expect(inputsOf(form)).toHaveProperty('transcripts');
});

test('two admins at once: the dialog of the later one comes back with what the other changed', async () => {
  await company.db.user.update({ where: { id: company.bo.id }, data: { role: 'admin' } });
  const hers = await openGroup(ada, 'admin settings', 'Change calls');
  const his = await openGroup(bo, 'admin settings', 'Change calls');
  await bo.press(his, 'Save', { ...inputsOf(his), ringSeconds: 25 });
  const late = cardIn(await ada.press(hers, 'Save', { ...inputsOf(hers), queueSeconds: 60 }));
  expect(wordsOf(late)).toMatch(/Meanwhile changed to 25 \(Bo Chen/);
  expect(inputsOf(late)).toMatchObject({ ringSeconds: 25, queueSeconds: 60 });
  expect(await tenant()).toMatchObject({ ringSeconds: 25, queueSeconds: 120 });
  await ada.press(late, 'Save', inputsOf(late));
  expect(await tenant()).toMatchObject({ ringSeconds: 25, queueSeconds: 60 });
});

test('a company that is switched off: an admin switches it on again from the card', async () => {
  const form = await openGroup(ada, 'admin settings', 'Change company');
  await ada.press(form, 'Save', { ...inputsOf(form), enabled: 'no' });
  await ada.say('status');
  expect(actionOf(ada.last().card as FakeCard, 'admin.switch-on')).toMatchObject({ title: 'Switch Attendant on' });
  await ada.press(ada.last(), 'admin.switch-on');
  expect(await tenant()).toMatchObject({ enabled: true });
});
