import { expect, test, vi } from 'vitest';
import { asId } from '../../../src/core/ids.js';
import { Activity } from '../../../src/teams/activity.js';
import { peopleDataset } from '../../../src/teams/people-dataset.js';
import { read } from '../../../src/teams/read.js';

vi.mock('../../../src/core/app/handler-registry.js', () => import('./sample-commands.js'));

/** As Teams sent it, except for the ids. */
const sent = (activity: Record<string, unknown>) =>
  read(
    Activity.parse({
      id: '1606391200000',
      timestamp: '2026-11-26T11:46:40.000Z',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/amer/',
      from: { id: '29:1bSnHZ7Js2STWrgk6ScEErLk1Lp2zQuD5H2qQ960rtvst', name: 'Ann Baker', aadObjectId: 'ann-in-entra' },
      recipient: { id: '28:attendant', name: 'Attendant' },
      conversation: { conversationType: 'personal', tenantId: 'maple', id: 'a:1pL6i0oY3C0K8oAj8' },
      channelData: { tenant: { id: 'maple' } },
      entities: [{ locale: 'en-US', country: 'US', platform: 'Web', timezone: 'America/Toronto', type: 'clientInfo' }],
      locale: 'en-US',
      localTimezone: 'America/Toronto',
      ...activity,
    }),
  );

const request = (activity: Record<string, unknown>) => {
  const heard = sent(activity);
  if (heard.kind !== 'request') throw new Error(heard.kind);
  return heard.request;
};

test('a typed command, with everything Teams says of the person', () => {
  expect(sent({ type: 'message', text: 'ooo until Friday' })).toEqual({
    kind: 'request',
    place: { kind: 'chat' },
    request: {
      kind: 'command',
      id: expect.stringMatching(/^teams:/),
      text: 'ooo until Friday',
      mentions: [],
      from: {
        platform: 'teams',
        externalWorkspaceId: 'maple',
        accountId: 'ann-in-entra',
        displayName: 'Ann Baker',
        locale: 'en-US',
        timeZone: 'America/Toronto',
        conversation: {
          serviceUrl: 'https://smba.trafficmanager.net/amer/',
          channelId: 'msteams',
          botId: '28:attendant',
          userId: '29:1bSnHZ7Js2STWrgk6ScEErLk1Lp2zQuD5H2qQ960rtvst',
          tenantId: 'maple',
          conversationId: 'a:1pL6i0oY3C0K8oAj8',
        },
      },
    },
  });
});

test('mentions: ours is dropped, others are people', () => {
  const text = '<at>Attendant</at>&nbsp;ooo until Friday <at>Bo Chen</at>\n';
  const entities = [
    { type: 'mention', text: '<at>Attendant</at>', mentioned: { id: '28:attendant', name: 'Attendant' } },
    { type: 'mention', text: '<at>Bo Chen</at>', mentioned: { id: '29:bo', name: 'Bo Chen' } },
  ];
  expect(request({ type: 'message', text, entities })).toMatchObject({
    text: 'ooo until Friday',
    mentions: [{ platform: 'teams', externalWorkspaceId: 'maple', accountId: '29:bo' }],
  });
});

test('without a directory behind them people are known by the channel’s id, in a company of its own', () => {
  const anonymous = { from: { id: 'user-id-1', name: 'Alex' }, conversation: { id: 'c1' }, channelData: {} };
  expect(request({ type: 'message', text: 'help', ...anonymous }).from).toMatchObject({
    externalWorkspaceId: 'playground',
    accountId: 'user-id-1',
  });
});

test('a private chat is remembered, a channel is not', () => {
  const channel = { conversation: { id: '19:x@thread.tacv2', conversationType: 'channel', tenantId: 'maple' } };
  const { from } = request({ type: 'message', text: 'help', ...channel });
  expect(from.conversation).not.toHaveProperty('conversationId');
});

test('the same activity again is the same request; a second click is not', () => {
  const click = (extra: object) =>
    request({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'ooo.back', data: { action: 'ooo.back' } } },
      ...extra,
    }).id;
  expect(click({ id: 'f:1' })).toBe(click({ id: 'f:1' }));
  expect(click({ id: 'f:1' })).not.toBe(click({ id: 'f:2' }));
  // Some clients send no ids; the text and the time then tell messages apart.
  expect(click({ id: undefined, timestamp: '1' })).toBe(click({ id: undefined, timestamp: '1' }));
  expect(click({ id: undefined, timestamp: '1' })).not.toBe(click({ id: undefined, timestamp: '2' }));
});

test('a button', () => {
  const value = {
    action: { type: 'Action.Execute', verb: 'ooo.back', data: { action: 'ooo.back', carries: { period: '7' } } },
    trigger: 'manual',
  };
  expect(sent({ type: 'invoke', name: 'adaptiveCard/action', value })).toMatchObject({
    place: { kind: 'card' },
    request: { kind: 'click', action: 'ooo.back', carries: { period: '7' } },
  });
});

test('a form opened from a card, and sent from its dialog', () => {
  const open = { data: { msteams: { type: 'task/fetch' }, action: 'ooo.set', intent: 'open', carries: { from: 'x' } } };
  expect(sent({ type: 'invoke', name: 'task/fetch', value: open, replyToId: 'm1' })).toMatchObject({
    place: { kind: 'dialog', cardId: 'm1' },
    request: { kind: 'click', action: 'ooo.set', carries: { from: 'x' } },
  });
  const data = { action: 'ooo.set', intent: 'send', carries: { from: 'x' }, switches: ['tell'], cardId: 'm1' };
  const value = { data: { ...data, until: '2030-01-18', note: '', tell: 'false' } };
  expect(sent({ type: 'invoke', name: 'task/submit', value })).toMatchObject({
    place: { kind: 'dialog', cardId: 'm1' },
    request: {
      kind: 'submit',
      form: 'ooo.set',
      carries: { from: 'x' },
      values: { until: '2030-01-18', note: '', tell: false },
    },
  });
});

test('data built by hand: fields make it a form that was sent, none a form to open', () => {
  const sentForm = { form: 'ooo.set', values: { until: '2030-01-18' }, kind: 'submit' };
  const data = { action: 'ooo.set', until: '2030-01-18' };
  const execute = (action: object) => ({ type: 'invoke', name: 'adaptiveCard/action', value: { action } });
  expect(request(execute({ type: 'Action.Execute', data }))).toMatchObject(sentForm);
  expect(request(execute({ type: 'Action.Execute', verb: 'ooo.set', data: { until: '2030-01-18' } }))).toMatchObject(
    sentForm,
  );
  expect(request({ type: 'message', value: data })).toMatchObject(sentForm);
  expect(request({ type: 'message', value: { action: { type: 'Action.Submit', data } } })).toMatchObject(sentForm);
  expect(request({ type: 'message', value: { action: 'ooo.set' } })).toMatchObject({
    kind: 'click',
    action: 'ooo.set',
  });
  expect(request({ type: 'message', value: { action: 'ooo.back', period: '7' } })).toMatchObject({
    kind: 'click',
    carries: { period: '7' },
  });
});

test('searching: a person field, the message extension', () => {
  const typing = { kind: 'search', queryText: 'bo', queryOptions: { skip: 0, top: 15 }, dataset: 'people' };
  expect(sent({ type: 'invoke', name: 'application/search', value: typing })).toMatchObject({
    place: { kind: 'picker' },
    request: { kind: 'suggest', query: 'bo' },
  });
  const withoutBo = {
    ...typing,
    dataset: peopleDataset({ kind: 'person', name: 'a', label: '', required: false, without: asId('bo') }),
  };
  expect(sent({ type: 'invoke', name: 'application/search', value: withoutBo })).toMatchObject({
    request: { kind: 'suggest', query: 'bo', without: 'bo' },
  });
  const query = (name: string, value: string) => ({ commandId: 'findPerson', parameters: [{ name, value }] });
  const invoke = { type: 'invoke', name: 'composeExtension/query' };
  expect(sent({ ...invoke, value: query('name', 'bo') })).toMatchObject({ request: { kind: 'suggest', query: 'bo' } });
  const nameless = { commandId: 'findPerson', parameters: [{ value: 'bo' }] };
  expect(sent({ ...invoke, value: nameless })).toMatchObject({ request: { kind: 'suggest', query: 'bo' } });
  expect(sent({ ...invoke, value: query('initialRun', 'true') })).toMatchObject({ request: { query: '' } });
  const action = { commandId: 'setOutOfOffice', commandContext: 'compose' };
  expect(sent({ type: 'invoke', name: 'composeExtension/fetchTask', value: action })).toMatchObject({
    place: { kind: 'dialog' },
    request: { kind: 'click', action: 'ooo.set' },
  });
});

test('installed, in a personal chat only', () => {
  const added = { membersAdded: [{ id: '28:attendant' }] };
  expect(sent({ type: 'installationUpdate', action: 'add' }).kind).toBe('installed');
  expect(sent({ type: 'installationUpdate', action: 'remove' }).kind).toBe('nothing');
  expect(sent({ type: 'conversationUpdate', ...added }).kind).toBe('installed');
  expect(sent({ type: 'conversationUpdate', membersAdded: [{ id: '29:bo' }] }).kind).toBe('nothing');
  const channel = { conversation: { id: '19:x', conversationType: 'channel' } };
  expect(sent({ type: 'conversationUpdate', ...added, ...channel }).kind).toBe('nothing');
});

test('a card shown to us asks nothing; what is written beside it does', () => {
  const mark =
    '\n<span class="inline-compose-card" itemid="0" itemtype="http://schema.skype.com/InputExtension">\n  <span content="0" itemprop="cardId"></span>\n</span>\n';
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } }];
  expect(sent({ type: 'message', text: mark, attachments }).kind).toBe('nothing');
  expect(sent({ type: 'message', text: `${mark}find bo`, attachments })).toMatchObject({
    request: { kind: 'command', text: 'find bo' },
  });
  expect(sent({ type: 'message', text: '' })).toMatchObject({ request: { kind: 'command', text: '' } });
});

test('what is not for us', () => {
  expect(sent({ type: 'typing' }).kind).toBe('nothing');
  expect(sent({ type: 'invoke', name: 'signin/verifyState', value: {} }).kind).toBe('unknown-invoke');
  expect(sent({ type: 'invoke', name: 'adaptiveCard/action', value: null })).toMatchObject({
    request: { kind: 'unknown' },
    place: { kind: 'card' },
  });
});

test('of a list far longer than Teams sends, the rest is not even looked at', () => {
  const said = { type: 'message', serviceUrl: 'https://smba.trafficmanager.net/teams/', conversation: { id: 'a:1' } };
  const long = (entry: unknown) => [...Array(1_000).fill(entry), ...Array(300_000).fill('not an entry')];
  const { attachments, entities, membersAdded } = Activity.parse({
    ...said,
    attachments: long({ contentType: 'text/html' }),
    entities: long({ type: 'mention' }),
    membersAdded: long({ id: '29:1' }),
  });
  for (const list of [attachments, entities, membersAdded]) expect(list).toHaveLength(1_000);
});
