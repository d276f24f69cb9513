import { beforeAll, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { buttonsOf } from '../fakes/slack/windows.js';
import { wav } from '../support/audio.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

const ann = 'account-ann';
let world: SlackCompany;

beforeAll(async () => {
  world = await slackCompany('http', { ownDatabase: true });
  for (let left = 0; left < 10; left += 1) {
    await receiveVoicemail(world.company.deps, installationActor(world.company.tenantId, 'api'), {
      sourceId: `home ${left}`,
      mailbox: { userId: world.company.ann.id },
      audio: wav(4),
      callerName: left === 0 ? 'Zoe Oldest' : `Dentist ${left}`,
      receivedAt: new Date(Date.now() - (10 - left) * 60_000),
    });
  }
});

const until = <Value>(look: () => Value | undefined | false) => world.slack.workspace.until(look);
const shown = (on: unknown) => JSON.stringify(on ?? {});
const topShows = (text: string) =>
  until(() => {
    const view = world.slack.topView(ann);
    return shown(view?.content).includes(text) && view;
  });

test('the home shows the newest unheard messages, each with its buttons', async () => {
  await world.slack.openHome(ann);
  const home = await until(() => world.slack.workspace.homes.get(ann));
  for (const caller of ['Dentist 9', 'Dentist 8', 'Dentist 7']) expect(shown(home.content)).toContain(caller);
  expect(shown(home.content)).not.toContain('Dentist 6');
  const actions = buttonsOf(home).map(({ action_id }) => action_id);
  expect(actions.filter((action) => action === 'voicemail.open')).toHaveLength(3);
  expect(actions).toContain('voicemail.list');
});

test('from there a window lists all, page by page, and finds by a search', async () => {
  const home = await until(() => world.slack.workspace.homes.get(ann));
  await world.slack.click(ann, home, 'voicemail.list');
  const list = await topShows('Dentist 3');
  await world.slack.click(ann, list, 'voicemail.older');
  const older = await topShows('Zoe Oldest');

  await world.slack.click(ann, older, 'voicemail.find');
  await until(() => world.slack.topView(ann)?.content.callback_id === 'voicemail.find');
  await world.slack.submit(ann, { search: 'zoe' });
  const found = await topShows('Search: zoe');
  expect(shown(found.content)).toContain('Zoe Oldest');
  expect(shown(found.content)).not.toContain('Dentist');
});

test('a message that was opened there is handled there, and the home shows it no more as new', async () => {
  const home = await until(() => world.slack.workspace.homes.get(ann));
  await world.slack.click(ann, home, 'voicemail.open');
  const card = await topShows('Voicemail from Dentist 9');
  await world.slack.click(ann, card, 'voicemail.handled');
  await topShows('Handled by');
  const handled = await world.company.db.voicemail.findMany({ where: { handledAt: { not: null } } });
  expect(handled.map(({ callerName }) => callerName)).toEqual(['Dentist 9']);
});
