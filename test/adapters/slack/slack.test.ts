import { describe, expect, test } from 'vitest';
import { isMalformed, read } from '../../../src/slack/read.js';
import * as slack from '../../payloads/slack/payloads.js';

const ann = { platform: 'slack', externalWorkspaceId: 'T0ACME', accountId: 'U0ANN' };

function asked(payload: unknown) {
  const heard = read(payload);
  if (heard.kind === 'nothing' || heard.kind === 'member' || heard.kind === 'removed')
    throw new Error(`heard ${heard.kind}`);
  return heard;
}

describe('a slash command', () => {
  test('is a command with the words as they were seen, and the people mentioned', () => {
    const { request } = asked(slack.slash('ooo until Friday &amp; then some <@U0BO|bo> &lt;3'));
    expect(request).toMatchObject({
      kind: 'command',
      from: { ...ann, displayName: 'ann' },
      text: 'ooo until Friday & then some <3',
      mentions: [{ ...ann, accountId: 'U0BO' }],
    });
  });

  test('is known again by its trigger', () => {
    expect(asked(slack.slash('a')).request.id).toBe(asked(slack.slash('a')).request.id);
  });

  test('reads the numbers and addresses that Slack turned into links', () => {
    const { request } = asked(
      slack.slash('ooo <tel:+14165550100|416 555-0100> <mailto:a@b.example|a@b.example> <#C1|sales>'),
    );
    expect(request).toMatchObject({ text: 'ooo 416 555-0100 a@b.example #sales' });
  });
});

describe('a button', () => {
  test('in a message carries its value and can replace the card', () => {
    const heard = asked(slack.clickInMessage({ action_id: 'voicemail.handled', value: '{"voicemail":"v1"}' }));
    expect(heard).toMatchObject({
      request: { kind: 'click', action: 'voicemail.handled', carries: { voicemail: 'v1' }, from: ann },
      place: { kind: 'card', responseUrl: 'https://hooks.slack.com/actions/T0ACME/2/y' },
    });
  });

  test('is the same button when it stands twice in a row', () => {
    const heard = asked(slack.clickInMessage({ action_id: 'cover.accept#2', value: '{}' }));
    expect(heard.request).toMatchObject({ action: 'cover.accept' });
  });

  test('that only leads to a page asks nothing', () => {
    expect(read(slack.clickInMessage({ action_id: 'voicemail.listen', url: 'https://a.example' }))).toEqual({
      kind: 'nothing',
    });
  });

  test('in a modal remembers where the modal came from', () => {
    expect(asked(slack.clickInModal())).toMatchObject({
      place: { kind: 'modal', viewId: 'V0MODAL', from: { kind: 'command' } },
    });
  });

  test('at home is answered at home', () => {
    expect(asked(slack.clickAtHome())).toMatchObject({
      request: { carries: { period: 'p1' } },
      place: { kind: 'home' },
    });
  });

  test('with a value that is not ours is something we do not know, and does nothing', () => {
    for (const value of ['{"deep":{"er":1}}', 'not json', undefined])
      expect(asked(slack.clickInMessage({ action_id: 'ooo.back', value })).request).toMatchObject({
        kind: 'unknown',
        what: 'ooo.back',
      });
  });

  test('names the message it stands on, unless only one person sees that', () => {
    const click = slack.clickInMessage({ action_id: 'voicemail.handled', value: '{}' });
    const container = { type: 'message', channel_id: 'D0ANN', message_ts: '1.2' };
    expect(asked({ ...click, container }).request).toMatchObject({ on: { channel: 'D0ANN', ts: '1.2' } });
    expect(asked({ ...click, container: { ...container, is_ephemeral: true } }).request).not.toHaveProperty('on');
  });

  test('that leads to a page asks nothing, where only the message says so', () => {
    const click = slack.clickInMessage({ action_id: 'voicemail.listen' });
    const button = { type: 'button', action_id: 'voicemail.listen', url: 'https://a.example' };
    const message = { blocks: [{ type: 'actions', elements: [button] }] };
    expect(read({ ...click, message })).toEqual({ kind: 'nothing' });
  });

  test.each(['static_select', 'overflow', 'datepicker'])(
    'or a %s of another version is something we do not know',
    (type) => {
      const heard = asked(slack.clickInMessage({ type, action_id: 'voicemail.more', selected_option: { value: 'x' } }));
      expect(heard.request).toMatchObject({ kind: 'unknown', what: 'voicemail.more' });
    },
  );
});

describe('a submitted modal', () => {
  test('is read by the names of its fields', () => {
    expect(asked(slack.submission())).toMatchObject({
      request: {
        kind: 'submit',
        form: 'ooo.set',
        carries: { period: 'p1' },
        values: {
          from: '2026-11-27',
          fromTime: '17:00',
          backup: 'user-bo',
          recipient: undefined,
          privacy: 'away',
          note: '*Back* <soon> & well',
          number: undefined,
          tell: true,
          quiet: false,
        },
      },
      viewId: 'V0MODAL',
      locale: 'fr',
      people: { backup: { value: 'user-bo', label: 'Bo Chen' } },
    });
  });

  test('is the same when it comes again, and another when it was corrected', () => {
    const first = asked(slack.submission()).request.id;
    expect(asked(slack.submission()).request.id).toBe(first);
    const corrected = slack.submission({ note: { note: { type: 'plain_text_input', value: 'Other' } } });
    expect(asked(corrected).request.id).not.toBe(first);
  });

  test('names the files that still lie at Slack', () => {
    const file = {
      name: 'hello.wav',
      size: 12,
      url_private_download: 'https://files.slack.com/files-pri/T-F/hello.wav',
    };
    const heard = asked(slack.submission({ audio: { audio: { type: 'file_input', files: [file] } } }));
    expect(heard).toMatchObject({ files: { audio: file } });
  });
});

test('what is typed in a person field is a search', () => {
  expect(asked(slack.suggestion('bo')).request).toMatchObject({ kind: 'suggest', query: 'bo' });
});

describe('an event', () => {
  test('of text alone with the app is a command', () => {
    expect(asked(slack.directMessage())).toMatchObject({
      request: { kind: 'command', text: 'ooo until Friday', from: { ...ann, conversation: { channel: 'D0ANN' } } },
      place: { kind: 'typed', channel: 'D0ANN', direct: true },
    });
  });

  test('is a repeat by its meaning, under another event id too', () => {
    const ids = ['Ev1', 'Ev2'].map((eventId) => asked(slack.directMessage({}, eventId)).request.id);
    expect(ids[0]).toBe(ids[1]);
    expect(asked(slack.directMessage({ ts: '1515449999.000001' })).request.id).not.toBe(ids[0]);
  });

  test('of a mention in a channel is a command without the app’s own name', () => {
    expect(asked(slack.mention('<@U0BOT> ooo tomorrow <@U0BO>'))).toMatchObject({
      request: { text: 'ooo tomorrow', mentions: [{ accountId: 'U0BO' }] },
      place: { kind: 'typed', channel: 'C0GENERAL', direct: false },
    });
  });

  test.each([
    ['our own message', { bot_id: 'B0BOT', user: 'U0BOT' }],
    ['an edited message', { subtype: 'message_changed' }],
    ['a deleted message', { subtype: 'message_deleted' }],
    ['a message in a channel', { channel_type: 'channel' }],
    ['a message of nobody', { user: undefined }],
    ['a message of Slackbot', { user: 'USLACKBOT' }],
    ['a message that an app wrote in somebody’s name', { app_id: 'A0OTHER' }],
  ])('%s is left alone', (_, more) => {
    expect(read(slack.directMessage(more))).toEqual({ kind: 'nothing' });
  });

  test('of the home being opened says whether it is the first time', () => {
    expect(asked(slack.homeOpened())).toMatchObject({ kind: 'home', firstTime: true, request: { from: ann } });
    expect(asked(slack.homeOpened({ view: { id: 'V0HOME' } }))).toMatchObject({ firstTime: false });
    expect(read(slack.homeOpened({ tab: 'messages' }))).toEqual({ kind: 'nothing' });
  });
});

test.each([
  ['nothing', undefined],
  ['an empty form', {}],
  ['a command without a user', { command: '/attendant', team_id: 'T' }],
  ['an event that is none', { type: 'event_callback', team_id: 'T', event: null }],
  ['a submission without a view', { type: 'view_submission', user: { id: 'U' } }],
  ['actions that are none', { ...slack.clickInMessage({}), actions: [] }],
])('%s is malformed', (_, payload) => {
  expect(malformed(payload)).toBe(true);
});

test('payloads of other kinds are acknowledged and left', () => {
  expect(read({ type: 'view_closed' })).toEqual({ kind: 'nothing' });
  expect(read({ type: 'shortcut' })).toEqual({ kind: 'nothing' });
});

test('a shortcut that is not ours is answered where Slack says how', () => {
  const common = { callback_id: 'old_shortcut', trigger_id: 't1', action_ts: '1.1', team: { id: 'T0ACME' } };
  const shortcut = { ...common, type: 'shortcut', user: { id: 'U0ANN', team_id: 'T0ACME' } };
  expect(asked(shortcut)).toMatchObject({
    request: { kind: 'unknown', what: 'old_shortcut' },
    place: { kind: 'home' },
  });
  const onMessage = { ...shortcut, type: 'message_action', response_url: 'https://hooks.slack.com/app/1' };
  expect(asked(onMessage)).toMatchObject({ request: { kind: 'unknown' }, place: { kind: 'command' } });
});

test('a form whose window another version filled is something we do not know', () => {
  const submission = slack.submission();
  const view = { ...submission.view, private_metadata: '{"of":"another version"}' };
  expect(asked({ ...submission, view }).request).toMatchObject({
    kind: 'submit',
    form: 'ooo.set.unreadable',
    carries: {},
  });
});

test.each([
  ['channel_rename', { channel: { id: 'C1', name: 'new' } }],
  ['message_metadata_posted', { user: 7 }],
  ['something_new', { ts: 5, text: {} }],
])('an event of the kind %s, which nobody handles, is acknowledged unread', (type, more) => {
  expect(read({ type: 'event_callback', team_id: 'T0ACME', event: { type, ...more } })).toEqual({ kind: 'nothing' });
});

function malformed(payload: unknown): boolean {
  try {
    read(payload);
    return false;
  } catch (error) {
    return isMalformed(error);
  }
}

describe('an event about somebody', () => {
  const person = {
    id: 'U0NEW',
    team_id: 'T0ACME',
    real_name: 'Nia <b>New</b>',
    is_email_confirmed: true,
    tz: 'Europe/Paris',
    profile: { real_name: 'Nia <b>New</b>', title: 'Sales', email: 'nia@maple.example' },
  };
  const about = (type: string, user: unknown) =>
    read({ type: 'event_callback', team_id: 'T0ACME', event: { type, user } });

  test('says who they are now', () => {
    for (const type of ['team_join', 'user_change'])
      expect(about(type, person)).toMatchObject({
        kind: 'member',
        account: { platform: 'slack', externalWorkspaceId: 'T0ACME', accountId: 'U0NEW' },
        said: { is: 'member', displayName: 'Nia <b>New</b>', title: 'Sales', email: 'nia@maple.example' },
      });
    expect(about('user_change', { ...person, deleted: true })).toMatchObject({ said: { is: 'left' } });
  });

  test('tells guests, bots and other organisations’ people apart', () => {
    for (const odd of [{ is_restricted: true }, { is_bot: true }, { team_id: 'T0ELSE' }, { is_stranger: true }])
      expect(about('team_join', { ...person, ...odd })).toMatchObject({ said: { is: 'outside' } });
  });

  test('of another kind, or without a person, is nothing; odd fields are no reason not to know them', () => {
    expect(about('user_huddle_changed', person)).toEqual({ kind: 'nothing' });
    expect(malformed({ type: 'event_callback', team_id: 'T', event: { type: 'team_join', user: {} } })).toBe(true);
    expect(
      about('team_join', { ...person, tz: 7, profile: { title: ['x'], email: 'nia@maple.example' } }),
    ).toMatchObject({
      said: { email: 'nia@maple.example', title: undefined },
    });
  });

  test('or by somebody whose id no database takes is refused, before anybody is looked up by it', () => {
    const odd = 'U0\0ANN';
    const home = slack.homeOpened();
    for (const payload of [
      { type: 'event_callback', team_id: 'T0ACME', event: { type: 'user_change', user: { ...person, id: odd } } },
      { type: 'event_callback', team_id: 'T0\0ACME', event: { type: 'team_join', user: person } },
      slack.homeOpened({ user: odd }),
      { ...home, team_id: 'T0\0ACME' },
      slack.homeOpened({ user: 'U0\ud800' }),
    ])
      expect(malformed(payload)).toBe(true);
  });
});
