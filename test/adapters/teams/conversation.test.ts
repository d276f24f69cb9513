import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { OutcomeUnknown } from '../../../src/core/errors.js';
import { teamsMessenger } from '../../../src/teams/messenger.js';
import { actionOf, cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { type FakeTeams, fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { card, done } from './sample-commands.js';

vi.mock('../../../src/core/app/handler-registry.js', () => import('./sample-commands.js'));
vi.mock('../../../src/core/out-of-office/overview.js', async () => {
  const { card } = await import('./sample-commands.js');
  return { overview: async () => ({ kind: 'say', card }) };
});

let company: Company;
let teams: FakeTeams;
let ann: ReturnType<typeof teamsClient>;
let url: string;
let messenger: ReturnType<typeof teamsMessenger>;

beforeAll(async () => {
  teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const listening = await teamsListening(company.deps, teams);
  url = listening.url;
  messenger = teamsMessenger(listening.bots);
  ann = clientOf(company.ann);
  // The bot learns the company's service address from this message; without it, it would call Microsoft's public one.
  await ann.say('status');
});

beforeEach(() => {
  done.length = 0;
});

const clientOf = ({ account, displayName }: Company['ann'], locale?: string) =>
  teamsClient(
    teams,
    url,
    { accountId: account.accountId, tenantId: account.externalWorkspaceId, name: displayName },
    locale,
  );

test('a typed command is answered by a card with its text unchanged', async () => {
  expect(await ann.say('/attendant status now')).toEqual({ status: 200, body: undefined });
  expect(done).toEqual(['status now']);
  const shown = ann.last();
  expect(shown.summary).toBe('You are in the office.');
  expect(wordsOf(shown.card)).toContain('You are *in* the office.\n[not a link](https://example.com)');
  expect(actionOf(shown.card ?? { body: [] }, 'Open the app')).toMatchObject({ type: 'Action.OpenUrl' });
});

test('a command with a mention in a channel is answered privately', async () => {
  const channel = {
    id: '19:lobby@thread.tacv2',
    conversationType: 'channel',
    tenantId: company.ann.account.externalWorkspaceId,
  };
  teams.open(channel.id);
  const before = teams.messages(ann.conversationId).length;
  const entities = [{ type: 'mention', text: '<at>Attendant</at>', mentioned: { id: `28:${teams.appId}` } }];
  await ann.say('<at>Attendant</at> status', { conversation: channel, entities });
  expect(teams.messages(channel.id).map(({ text }) => text)).toEqual(['I answered you in our private chat.']);
  expect(teams.messages(ann.conversationId)).toHaveLength(before + 1);
  expect(wordsOf(ann.last().card)).toContain('Where you stand');
});

test('a mention by Teams’ own id names the colleague', async () => {
  teams.addMember({ id: '29:bo-in-teams', aadObjectId: company.bo.account.accountId, name: 'Bo Chen' });
  const entities = [{ type: 'mention', text: '<at>Bo Chen</at>', mentioned: { id: '29:bo-in-teams' } }];
  await ann.say('ooo <at>Bo Chen</at>', { entities });
  expect(done).toEqual([`ooo ${company.bo.account.accountId}`]);
});

test('a typed command that opens a form shows it inline, and a refused form comes back with its problems and the typed values', async () => {
  await ann.say('ooo');
  const form = ann.last();
  expect(wordsOf(form.card)).toContain('Callers hear it');
  expect(input(form.card, 'backup').choices).toContainEqual(expect.objectContaining({ value: company.bo.id }));

  const answer = await ann.press(form, 'Save', { until: '2020-01-01', note: 'Bye *all*', tell: 'false' });
  const again = cardIn(answer);
  expect(wordsOf(again)).toContain('That day is over.');
  expect(input(again, 'until').value).toBe('2020-01-01');
  expect(input(again, 'note').value).toBe('Bye *all*');
  expect(input(again, 'tell').value).toBe('false');

  const saved = await ann.press(again, 'Save', { until: '2030-01-18', note: 'Bye', tell: 'true' });
  expect(wordsOf(cardIn(saved))).toContain('You are out');
  expect(done).toEqual([
    'ooo',
    `set ${JSON.stringify([{ until: '2030-01-18', note: 'Bye', tell: true }, { from: 'card' }])}`,
  ]);
});

test('a cancelled form keeps a button that opens it again', async () => {
  await ann.say('ooo');
  const answer = await ann.press(ann.last(), 'Cancel');
  expect(actionOf(cardIn(answer), 'ooo.set')).toMatchObject({ title: 'Out of office', type: 'Action.Submit' });
  expect(done).toEqual(['ooo']);
});

test('a button opens a dialog, problems keep it open, and the card behind it changes', async () => {
  await ann.say('status');
  const standing = ann.last();
  const opened = await ann.press(standing, 'ooo.set');
  expect(opened.body).toMatchObject({ task: { type: 'continue', value: { title: 'Out of office' } } });

  const wrong = await ann.press(cardIn(opened), 'Save', { until: '2020-01-01' });
  expect(wrong.body).toMatchObject({ task: { type: 'continue' } });
  expect(wordsOf(cardIn(wrong))).toContain('That day is over.');

  const saved = await ann.press(cardIn(wrong), 'Save', { until: '2030-01-18' });
  expect(saved.body).toEqual({ task: { type: 'message', value: 'You are out' } });
  expect(ann.last()).toMatchObject({ id: standing.id, updates: 1 });
  expect(wordsOf(ann.last().card)).toContain('until 2030-01-18');
});

test('Action.Execute is answered with the card that replaces the old one', async () => {
  await ann.say('status');
  const answer = await ann.press(ann.last(), 'ooo.back');
  expect(answer.body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  expect(wordsOf(cardIn(answer))).toContain('You are back');
});

test('a click without anything new to show is still answered', async () => {
  await ann.say('status');
  expect((await ann.press(ann.last(), 'tell.line')).body).toMatchObject({ value: 'As you were.' });
  expect((await ann.press(ann.last(), 'Delete it')).body).toMatchObject({ value: 'Done.' });
  const french = clientOf(company.cleo, 'fr-CA');
  await french.say('status');
  expect((await french.press(french.last(), 'Delete it')).body).toMatchObject({ value: 'C’est fait.' });
});

test('a repeated invoke runs once and gets the same answer', async () => {
  await ann.say('status');
  const shown = ann.last();
  const [first, second] = await Promise.all([
    ann.press(shown, 'ooo.back', {}, 'f:once'),
    ann.press(shown, 'ooo.back', {}, 'f:once'),
  ]);
  const third = await ann.press(shown, 'ooo.back', {}, 'f:once');
  // Teams' second round of tries has a new id.
  const fourth = await ann.press(shown, 'ooo.back', {}, 'f:again');
  expect(done).toEqual(['status', 'back 7']);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(fourth).toEqual(first);
});

test('a second click on a card that stayed runs again', async () => {
  await ann.say('status');
  await ann.press(ann.last(), 'Delete it');
  await ann.press(ann.last(), 'Delete it');
  expect(done).toEqual(['status', 'delete 9', 'delete 9']);
});

test('a repeated message is answered once', async () => {
  await ann.say('status', { id: 'same' });
  const before = teams.messages(ann.conversationId).length;
  expect(await ann.say('status', { id: 'same' })).toEqual({ status: 200, body: undefined });
  expect(teams.messages(ann.conversationId)).toHaveLength(before);
});

test('a client without dialogs sends a Submit as a message and gets the form inline', async () => {
  await ann.send({ type: 'message', value: { action: 'ooo.set', intent: 'open', msteams: { type: 'task/fetch' } } });
  expect(actionOf(ann.last().card ?? { body: [] }, 'Save')).toMatchObject({ type: 'Action.Execute' });

  const form = ann.last();
  await ann.send({ type: 'message', value: { action: 'ooo.set', until: '2020-01-01' }, replyToId: form.id });
  expect(ann.last()).toMatchObject({ id: form.id, updates: 1 });
  expect(wordsOf(ann.last().card)).toContain('That day is over.');
});

test('typing in a person field finds people, or gives the reason why not', async () => {
  const search = (queryText: string) =>
    ann.invoke('application/search', { kind: 'search', queryText, dataset: 'people' });
  expect((await search('chen')).body).toMatchObject({
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: [{ value: company.bo.id, title: expect.stringContaining('Bo Chen') }] },
  });
  const { results } = ((await search('zzzz')).body as { value: { results: { title: string }[] } }).value;
  expect(results[0]?.title).not.toBe('');
});

test('the message extension finds people and opens the form', async () => {
  const found = await ann.invoke('composeExtension/query', {
    commandId: 'findPerson',
    parameters: [{ name: 'name', value: 'chen' }],
  });
  expect(found.body).toMatchObject({
    composeExtension: {
      type: 'result',
      attachments: [{ preview: { content: { title: expect.stringContaining('Bo Chen') } } }],
    },
  });
  const opened = await ann.invoke('composeExtension/fetchTask', { commandId: 'setOutOfOffice' });
  const sent = await ann.invoke('composeExtension/submitAction', {
    commandId: 'setOutOfOffice',
    data: { ...(actionOf(cardIn(opened), 'Save').data as object), until: '2030-01-18' },
  });
  expect(sent.body).toEqual({ task: { type: 'message', value: 'You are out' } });
  expect(wordsOf(ann.last().card)).toContain('until 2030-01-18');
});

test('a person who installs the app is welcomed once, and their conversation is stored', async () => {
  const bo = clientOf(company.bo);
  await bo.send({ type: 'installationUpdate', action: 'add' });
  await bo.send({ type: 'conversationUpdate', membersAdded: [{ id: `28:${teams.appId}` }] });
  const messages = teams.messages(bo.conversationId);
  expect(messages).toHaveLength(1);
  expect(wordsOf(messages[0]?.card)).toContain('find Bo');
  expect(actionOf(messages[0]?.card ?? { body: [] }, 'ooo.set')).toMatchObject({ title: 'Set out of office' });
  const account = await company.db.account.findFirstOrThrow({ where: company.bo.account });
  expect(account.conversation).toMatchObject({ conversationId: bo.conversationId, serviceUrl: teams.serviceUrl });
});

const lineIn = ({ body }: { body?: unknown }) => JSON.stringify(body);

test('a click on another version’s card is answered with an explanation, never with an error or nothing', async () => {
  const words = 'This is from an older message';
  const line = { statusCode: 200, type: 'application/vnd.microsoft.activity.message' };
  const press = (action: object) =>
    ann.invoke('adaptiveCard/action', { action: { type: 'Action.Execute', ...action } });
  for (const action of [{}, { verb: 'gone.away', data: { action: 'gone.away' } }, { data: 7 }]) {
    const answer = await press(action);
    expect(answer).toMatchObject({ status: 200, body: line });
    expect(lineIn(answer)).toContain(words);
  }
  for (const [name, value] of [
    ['task/fetch', null],
    ['task/submit', { data: {} }],
    ['task/fetch', { data: { action: 'gone.away', intent: 'open' } }],
    ['composeExtension/query', { parameters: 'none' }],
    ['composeExtension/queryLink', { url: 'https://example.com' }],
  ] as const) {
    const answer = await ann.invoke(name, value);
    expect(answer.status).toBe(200);
    expect(lineIn(answer)).toContain(words);
  }
  expect(await ann.invoke('signin/verifyState', {})).toMatchObject({ status: 200, body: line });
  await ann.send({ type: 'message', text: '', value: { of: 'another version' } });
  expect(wordsOf(ann.last().card)).toContain(words);
});

test('a message of a bot, a skill or a channel is not a command', async () => {
  const before = teams.messages(ann.conversationId).length;
  for (const from of [
    { id: '28:another-bot', name: 'Bot' },
    { id: '29:skill', name: 'Skill', role: 'skill' },
    { id: '19:lobby@thread.tacv2', name: 'Lobby' },
  ])
    expect(await ann.say('status', { from })).toEqual({ status: 200, body: undefined });
  expect(teams.messages(ann.conversationId)).toHaveLength(before);
  expect(done).toEqual([]);
});

test('a card is sent, updated, and sent again when Teams has lost it', async () => {
  const to = { ...company.eve.account, accountId: 'eve-changed', address: 'eve' };
  const sent = await messenger.send(to, card);
  if (sent.kind !== 'sent') throw new Error(sent.why);
  const chat = teams.chatOf(to.accountId);
  expect(teams.messages(chat)).toHaveLength(1);

  await messenger.update(to, sent.ref, { ...card, title: 'Changed' });
  expect(wordsOf(teams.messages(chat)[0]?.card)).toContain('Changed');

  teams.forget(chat, String(sent.ref.activityId));
  const again = await messenger.update(to, sent.ref, card);
  expect(again).toMatchObject({ kind: 'sent' });
  expect(again).not.toEqual(sent);
  expect(teams.messages(chat)).toHaveLength(1);
});

test('a card whose answer was lost is not sent again without a check', async () => {
  const to = { ...company.eve.account, accountId: 'eve-alone', address: 'eve' };
  teams.loseAnswers(1);
  await expect(messenger.send(to, card)).rejects.toThrow(OutcomeUnknown);
  expect(teams.messages(teams.chatOf(to.accountId))).toHaveLength(1);
});

test.each([
  [403, 'BotNotInConversationRoster'],
  [403, 'ConversationBlockedByUser'],
  [403, 'Forbidden'],
])('a permanent refusal gives its reason: %i %s', async (status, code) => {
  teams.trouble({ status, code, times: 1 });
  const receipt = await messenger.send({ ...company.eve.account, address: 'eve' }, card);
  expect(receipt).toEqual({ kind: 'unreachable', why: code });
});

test.each([429, 412, 502, 504])('status %i is retried', async (status) => {
  teams.trouble({ status, code: 'TryLater', times: 2 });
  const receipt = await messenger.send({ ...company.eve.account, address: 'eve' }, card);
  expect(receipt.kind).toBe('sent');
});

test('a profile has the e-mail address that Teams has verified', async () => {
  const account = { ...company.eve.account, accountId: 'eve-in-entra' };
  teams.addMember({ id: '29:eve', aadObjectId: 'eve-in-entra', name: 'Ève Müller', email: 'eve@maple.example' });
  expect(await messenger.profile(account)).toEqual({ displayName: 'Ève Müller', email: 'eve@maple.example' });
  teams.addMember({ id: '29:g', aadObjectId: 'guest', name: 'Guest', email: 'g@else.example', userRole: 'guest' });
  expect(await messenger.profile({ ...account, accountId: 'guest' })).toEqual({ displayName: 'Guest' });
  teams.addMember({
    id: '29:o',
    aadObjectId: 'other',
    name: 'Other',
    email: 'eve@maple.example',
    tenantId: 'elsewhere',
  });
  expect(await messenger.profile({ ...account, accountId: 'other' })).toEqual({ displayName: 'Other' });
  teams.addMember({ id: '29:f', aadObjectId: 'fallback', name: 'F', email: 'f@maple.onmicrosoft.com' });
  expect(await messenger.profile({ ...account, accountId: 'fallback' })).toEqual({ displayName: 'F' });
  expect(await messenger.profile({ ...account, accountId: 'nobody' })).toBeUndefined();
});

test('a very long card arrives shortened', async () => {
  const long = { ...card, blocks: [{ kind: 'text' as const, text: '🦊 é'.repeat(10_000) }, ...card.blocks] };
  expect(await messenger.send({ ...company.eve.account, address: 'eve' }, long)).toMatchObject({ kind: 'sent' });
});

function input(card: unknown, id: string): Record<string, unknown> {
  const { body } = card as { body: Record<string, unknown>[] };
  const found = body.find((element) => element.id === id);
  if (!found) throw new Error(`no input ${id}`);
  return found;
}
