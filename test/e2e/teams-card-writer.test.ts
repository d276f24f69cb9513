import { beforeAll, beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Messenger } from '../../src/core/chat/messenger.js';
import type { Deps } from '../../src/core/deps.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { teamsMessenger } from '../../src/teams/messenger.js';
import { type Answered, actionOf, cardIn, teamsClient, wordsOf } from '../fakes/teams/client.js';
import { teamsListening } from '../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams, type ShownMessage } from '../fakes/teams/teams.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';

let company: Company;
let teams: FakeTeams;
let deps: Deps;
let ann: ReturnType<typeof teamsClient>;
let card: ShownMessage;
let count = 0;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  let messenger: Messenger | undefined;
  deps = { ...company.deps, messengers: { forPlatform: (platform) => (platform === 'teams' ? messenger : undefined) } };
  const { url, bots } = await teamsListening(deps, teams);
  messenger = teamsMessenger(bots);
  const { account, displayName } = company.ann;
  const person = { accountId: account.accountId, tenantId: account.externalWorkspaceId, name: displayName };
  ann = teamsClient(teams, url, person);
  await ann.say('help');
});

beforeEach(async () => {
  count += 1;
  await receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
    sourceId: `one-${count}`,
    mailbox: { userId: company.ann.id },
    audio: wav(3),
    ani: '+14165550142',
  });
  await work();
  card = ann.last();
});

const work = () => company.tasks.work(deps);
/** The client puts the card of an answer over its message, whenever the answer arrives. */
const arrives = (answer: Answered) => Object.assign(card, { card: cardIn(answer) });

test('a click is answered with the newest card, which stands in the chat already', async () => {
  const answer = await ann.press(card, 'voicemail.handled');
  expect(wordsOf(card.card)).toContain('Handled by Ann Baker');
  expect(card.updates).toBe(1);
  expect(wordsOf(cardIn(answer))).toContain('Handled by Ann Baker');
  expect(actionOf(cardIn(answer), 'voicemail.reopen')).toMatchObject({ type: 'Action.Execute' });
});

test('an answer that arrives after the worker’s newer card does not stand last', async () => {
  const answer = await ann.press(card, 'voicemail.export');
  expect(wordsOf(cardIn(answer))).toContain('E-mailing it to');
  await work();
  expect(wordsOf(card.card)).toContain('E-mailed to');
  arrives(answer);
  company.clock.forward({ seconds: 5 });
  await work();
  expect(wordsOf(card.card)).toContain('E-mailed to');
  expect(wordsOf(card.card)).not.toContain('E-mailing it to');
});

test('an invoke that comes again, and is answered as before, does not bring the old card back', async () => {
  const clicked = { ...card };
  const answer = await ann.press(clicked, 'voicemail.export', {}, 'the same click');
  await work();
  arrives(answer);
  company.clock.forward({ seconds: 5 });
  await work();
  expect(wordsOf(card.card)).toContain('E-mailed to');
  const again = await ann.press(clicked, 'voicemail.export', {}, 'the same click');
  expect(again.body).toEqual(answer.body);
  arrives(again);
  company.clock.forward({ seconds: 5 });
  await work();
  expect(wordsOf(card.card)).toContain('E-mailed to');
});

test('a form from a card leaves the card to its notice: no second card', async () => {
  const before = teams.messages(ann.conversationId).length;
  const opened = await ann.press(card, 'voicemail.forward');
  const closed = await ann.press(cardIn(opened), 'Forward', { recipient: company.bo.id });
  expect(closed.body).toMatchObject({ task: { type: 'message' } });
  expect(wordsOf(card.card)).toContain('Forwarding to Bo Chen');
  await work();
  expect(wordsOf(card.card)).toContain('Forwarded to Bo Chen');
  expect(teams.messages(ann.conversationId)).toHaveLength(before);
});

test('nothing is written anew where nothing has changed since the answer', async () => {
  await ann.press(card, 'voicemail.handled');
  await work();
  const { updates } = card;
  company.clock.forward({ seconds: 5 });
  await work();
  expect(card.updates).toBe(updates);
});
