import { beforeAll, expect, test } from 'vitest';
import { cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let ada: ReturnType<typeof teamsClient>;
let ann: ReturnType<typeof teamsClient>;

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
  ann = clientOf(company.ann);
});

test('Ada reads the record with its filter and the sessions; Ann reads her own', async () => {
  const reason = 'Ann is ill and asked me to set her absence.';
  await company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
  const { id } = await company.db.impersonationSession.findFirstOrThrow();
  await company.click(company.ann, 'impersonation.end-mine', { session: id });
  await ada.say('status');
  expect(wordsOf(ada.last().card)).toMatch(/Ann Baker ended it\.[\s\S]*Nothing was done/);

  await ada.say('audit');
  const record = ada.last();
  expect(wordsOf(record.card)).toContain('What happened in the company');
  const form = cardIn(await ada.press(record, 'Filter'));
  const filtered = await ada.press(form, 'Show', { user: company.ann.id, event: 'impersonation.*' });
  expect(JSON.stringify(filtered) + wordsOf(ada.last().card)).toContain('Ann Baker');
  await ada.say('audit');
  const sessions = await ada.press(ada.last(), 'Impersonations');
  expect(JSON.stringify(sessions)).toContain('Ended by Ann Baker');

  await ann.say('audit');
  expect(wordsOf(ann.last().card)).toContain('What happened about Ann Baker');
  expect(wordsOf(ann.last().card)).toContain('Ada Roy as Ann Baker');
});
