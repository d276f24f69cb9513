import { beforeAll, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { teamsMessenger } from '../../../src/teams/messenger.js';
import { renderCard } from '../../../src/teams/render.js';
import { actionOf, teamsClient } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let teams: FakeTeams;
let ann: ReturnType<typeof teamsClient>;
let bo: ReturnType<typeof teamsClient>;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url, bots } = await teamsListening(company.deps, teams);
  const messengers = { forPlatform: () => teamsMessenger(bots) };
  company = { ...company, deps: { ...company.deps, messengers } };
  const clientOf = ({ account, displayName }: Company['ann']) =>
    teamsClient(teams, url, {
      accountId: account.accountId,
      tenantId: account.externalWorkspaceId,
      name: displayName,
    });
  ann = clientOf(company.ann);
  bo = clientOf(company.bo);
  await ann.say('status');
  await bo.say('status');
  await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: '101' },
    audio: wav(4),
    ani: '+1 416 555 0142',
    callerName: 'Cleo from the bank',
  });
  await company.tasks.work(company.deps);
});

test('Listen on a message’s card opens the player in a dialog of Teams', async () => {
  const shown = ann.last();
  expect(shown.summary).toContain('Voicemail from Cleo from the bank');
  const { body } = await ann.press(shown, 'voicemail.listen');
  expect(body).toMatchObject({ task: { type: 'continue', value: { title: 'Voicemail from Cleo from the bank' } } });
  const { url, fallbackUrl } = (body as { task: { value: { url: string; fallbackUrl: string } } }).task.value;
  const { pathname } = new URL(fallbackUrl);
  expect(pathname).toMatch(/^\/v\/[\w.-]+$/);
  expect(url).toBe(`${new URL(fallbackUrl).origin}/teams/frame?to=${encodeURIComponent(pathname)}`);
  const heard = await company.db.voicemail.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  expect(heard.heardAt).toBeNull();
});

test('Listen in the list of messages opens the same dialog', async () => {
  await ann.say('voicemail');
  const { body } = await ann.press(ann.last(), 'voicemail.listen');
  expect(body).toMatchObject({ task: { value: { fallbackUrl: expect.stringContaining('/v/') } } });
});

test('a colleague who sends the same click is told that the message is not theirs', async () => {
  const { id } = await company.db.voicemail.findFirstOrThrow({ where: { tenantId: company.tenantId } });
  const data = { action: 'voicemail.listen', carries: { voicemail: id }, msteams: { type: 'task/fetch' } };
  const { body } = await bo.invoke('task/fetch', { data });
  expect(JSON.stringify(body)).not.toContain('/v/');
});

test('a client without dialogs opens the player in the browser', () => {
  const url = 'https://attendant.example/v/a.b';
  const audio = {
    label: 'Listen',
    url,
    durationSeconds: 4,
    fileName: 'a.wav',
    mimeType: 'audio/wav',
    storageKey: 'a',
    action: 'voicemail.listen' as never,
    carries: { voicemail: 'a' },
  };
  const card = { title: 'A', summary: 'A', blocks: [{ kind: 'audio', audio } as const] };
  const drawn = renderCard(card, { id: 'd', dialogs: false });
  expect(actionOf(drawn as never, 'Listen (4 s)')).toMatchObject({ type: 'Action.OpenUrl', url });
});
