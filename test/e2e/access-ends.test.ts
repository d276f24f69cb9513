import { expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { teamsClient, wordsOf } from '../fakes/teams/client.js';
import { teamsListening } from '../fakes/teams/listening.js';
import { fakeTeams } from '../fakes/teams/teams.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { importFile } from '../support/import.js';
import { slackCompany } from '../support/slack.js';

const reason = 'Ann is ill and asked me to set her absence.';

/** End Ada's access as `attendant import` does; Eve is an admin too, so that one is left. */
async function takeAccess({ db, deps, tenantId, eve }: Company): Promise<void> {
  await db.user.update({ where: { id: eve.id }, data: { role: 'admin' } });
  const file = Buffer.from('username,access\nada,none\n');
  await importFile(deps, installationActor(tenantId, 'cli'), file, { dryRun: false });
}

test('in Slack an admin whose access is taken acts as nobody from that moment on', async () => {
  const { company, slack } = await slackCompany('http');
  const ada = company.ada.account.accountId;
  const answered = async (text: string) => {
    const before = slack.ephemeralTo(ada).length;
    await slack.slash(ada, text);
    return slack.workspace.until(() => slack.ephemeralTo(ada).slice(before).at(-1));
  };
  await company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
  expect(JSON.stringify(await answered('help'))).toContain('you are acting as Ann Baker');

  await takeAccess(company);

  const refused = JSON.stringify(await answered('ooo until Friday'));
  expect(refused).toContain('not switched on for you');
  expect(refused).not.toContain('acting as');
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);
});

test('in Teams an admin whose access is taken acts as nobody from that moment on', async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  const company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const { account, displayName } = company.ada;
  const ada = teamsClient(teams, url, {
    accountId: account.accountId,
    tenantId: account.externalWorkspaceId,
    name: displayName,
  });
  await company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
  await ada.say('/attendant help');
  expect(wordsOf(ada.last().card)).toContain('you are acting as Ann Baker');

  await takeAccess(company);

  await ada.say('/attendant ooo until Friday');
  expect(wordsOf(ada.last().card)).toContain('not switched on for you');
  expect(wordsOf(ada.last().card)).not.toContain('acting as');
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);
});
