import { beforeAll, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { fakeTeams } from '../../fakes/teams/teams.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let ann: ReturnType<typeof teamsClient>;

beforeAll(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const { account, displayName } = company.ann;
  const { accountId, externalWorkspaceId: tenantId } = account;
  ann = teamsClient(teams, url, { accountId, tenantId, name: displayName });
  for (let left = 0; left < 10; left += 1) {
    company.clock.forward({ seconds: 60 });
    await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
      sourceId: `teams ${left}`,
      mailbox: { userId: company.ann.id },
      audio: wav(4),
      callerName: left === 0 ? 'Zoe Oldest' : `Dentist ${left}`,
    });
  }
});

test('the list in Teams turns its pages in place', async () => {
  await ann.say('voicemail');
  expect(wordsOf(ann.last().card)).toContain('Dentist 9');
  expect(wordsOf(ann.last().card)).not.toContain('Zoe Oldest');
  const older = cardIn(await ann.press(ann.last(), 'Older'));
  expect(wordsOf(older)).toContain('Zoe Oldest');
});

test('its search is a dialog, whose result is the list', async () => {
  await ann.say('voicemail');
  const form = cardIn(await ann.press(ann.last(), 'Search and filter'));
  await ann.press(form, 'Show', { search: 'zoe', show: 'all', sort: 'received' });
  expect(wordsOf(ann.last().card)).toContain('Search: zoe');
  expect(wordsOf(ann.last().card)).toContain('Zoe Oldest');
  expect(wordsOf(ann.last().card)).not.toContain('Dentist');
});
