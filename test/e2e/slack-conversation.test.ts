import { beforeAll, describe, expect, test, vi } from 'vitest';
import { buttonsOf } from '../fakes/slack/windows.js';
import type { SlackMessage } from '../fakes/slack/workspace.js';
import { sample } from '../support/sample-features.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

vi.mock('../../src/core/app/handler-registry.js', () => import('../support/sample-features.js'));

let world: SlackCompany;
const ann = 'account-ann';

beforeAll(async () => {
  world = await slackCompany();
});

const shown = (message: SlackMessage) => JSON.stringify(message.blocks);
const say = (text: string) =>
  world.slack.workspace.until(() => world.slack.ephemeralTo(ann).find((one) => shown(one).includes(text)));
const refusedByLocalSlack = () => world.slack.workspace.calls.filter(({ method }) => method === 'refused response_url');

describe('a slash command', () => {
  test('is read whatever the type of its form says beside its name', async () => {
    const contentType = 'application/x-www-form-urlencoded;charset=UTF-8';
    expect(await world.slack.slash(ann, 'say charset', { contentType })).toMatchObject({ status: 200 });
    await say('Heard charset');
  });

  test('is acknowledged at once and answered for the person alone', async () => {
    const { status, body, milliseconds } = await world.slack.slash(ann, 'say hello <@account-bo|bo>');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(milliseconds).toBeLessThan(1_000);
    const message = await say('Heard hello account-bo');
    expect(message.ephemeralTo).toBe(ann);
    expect(message.text).toBe('Heard hello account-bo');
  });

  test('that breaks tells a reference, and the next one works', async () => {
    await world.slack.slash(ann, 'break');
    expect(shown(await say('our fault'))).toMatch(/reference: [0-9a-f]{8}/);
    await world.slack.slash(ann, 'say still here');
    await say('Heard still here');
  });

  test('with an answer far too long is still answered', async () => {
    await world.slack.slash(ann, 'huge');
    await say('xxxx');
    expect(refusedByLocalSlack()).toEqual([]);
  });

  test('is answered in direct messages when its response_url no longer works', async () => {
    const before = world.slack.directOf(ann).length;
    const payload = {
      command: '/attendant',
      text: 'say late',
      team_id: world.slack.workspace.teamId,
      user_id: ann,
      trigger_id: 'late',
      response_url: `${world.slack.origin}/response/none`,
    };
    await world.slack.deliver(payload, 'form');
    await world.slack.workspace.until(() => world.slack.directOf(ann).length > before);
  });

  test('with an address that is not Slack’s writes nothing there', async () => {
    const payload = {
      command: '/attendant',
      text: 'say elsewhere',
      team_id: world.slack.workspace.teamId,
      user_id: ann,
      trigger_id: 'else',
      response_url: 'http://127.0.0.1:9/steal',
    };
    await world.slack.deliver(payload, 'form');
    await world.slack.workspace.until(() => world.slack.directOf(ann).find((one) => shown(one).includes('elsewhere')));
  });
});

describe('a button', () => {
  test('replaces its card, ephemeral or not', async () => {
    await world.slack.slash(ann, 'say one');
    const message = await say('Heard one');
    await world.slack.click(ann, message, 'sample.replace');
    await world.slack.workspace.until(() => shown(message).includes('Done 7'));
  });

  test('says more beside its card', async () => {
    await world.slack.slash(ann, 'say two');
    await world.slack.click(ann, await say('Heard two'), 'sample.say');
    await say('Said');
  });
});

describe('a form', () => {
  const open = async () => {
    await world.slack.slash(ann, 'form');
    return world.slack.workspace.until(() => world.slack.topView(ann));
  };

  test('shows problems at their fields and keeps what was typed', async () => {
    const view = await open();
    const { body } = await world.slack.submit(ann, { note: 'field' });
    expect(body).toEqual({ response_action: 'errors', errors: { note: 'Not this one.' } });
    expect(world.slack.topView(ann)?.typed.note).toMatchObject({ note: { value: 'field' } });
    // The same form again is a new request, not a repeat.
    expect((await world.slack.submit(ann, {})).body).toEqual(body);
    await world.slack.submit(ann, { note: 'good' });
    await say('Saved good for 7, nobody');
    expect(world.slack.topView(ann)).toBeUndefined();
    expect(view.content.callback_id).toBe('sample.form');
  });

  test('shows a problem of the whole in the form', async () => {
    await open();
    await world.slack.submit(ann, { note: 'whole', backup: { value: 'u1', label: 'Bo Chen' } });
    const view = world.slack.topView(ann);
    expect(JSON.stringify(view?.content.blocks)).toMatch(/Nothing here fits.*Nor this/s);
    expect(JSON.stringify(view?.content.blocks)).toContain('Bo Chen');
    world.slack.workspace.stacks.clear();
  });

  test('empty where it must not be says so at the field', async () => {
    await open();
    expect((await world.slack.submit(ann, {})).body).toMatchObject({ errors: { note: 'Fill this in.' } });
    world.slack.workspace.stacks.clear();
  });

  test('sent twice by Slack runs once', async () => {
    await open();
    const view = world.slack.topView(ann);
    await world.slack.submit(ann, { note: 'once' });
    await say('Saved once');
    if (view) world.slack.workspace.stacks.set(ann, [view]);
    await world.slack.submit(ann, {});
    await world.slack.slash(ann, 'say after');
    await say('Heard after');
    expect(sample.ran.filter((one) => one === 'once')).toHaveLength(1);
  });

  test('that takes long says that it works on it, then shows the answer in the same window', async () => {
    await open();
    sample.slowMilliseconds = 2_700;
    const { body, milliseconds } = await world.slack.submit(ann, { note: 'slowly' });
    sample.slowMilliseconds = 0;
    expect(milliseconds).toBeLessThan(3_000);
    expect(body).toMatchObject({ response_action: 'update' });
    await world.slack.workspace.until(() => JSON.stringify(world.slack.topView(ann)?.content).includes('Saved slowly'));
    world.slack.workspace.stacks.clear();
  });

  test('whose trigger has died is offered as a button, which opens it', async () => {
    sample.slowMilliseconds = 2_200;
    await world.slack.slash(ann, 'form');
    const offer = await say('your form is ready');
    sample.slowMilliseconds = 0;
    expect(world.slack.topView(ann)).toBeUndefined();
    await world.slack.click(ann, offer, 'sample.form');
    await world.slack.workspace.until(() => world.slack.topView(ann));
    world.slack.workspace.stacks.clear();
  });

  test('brings its file along', async () => {
    await open();
    world.slack.workspace.files.set('FUP', { id: 'FUP', name: 'hello.wav', length: 5, content: Buffer.from('RIFF!') });
    const file = {
      id: 'FUP',
      name: 'hello.wav',
      size: 5,
      url_private_download: `${world.slack.origin}/files/FUP/hello.wav`,
    };
    await world.slack.submit(ann, { note: 'sound', audio: [file] });
    await say('Saved sound');
    expect(sample.files).toEqual([{ fileName: 'hello.wav', content: Buffer.from('RIFF!') }]);
  });

  test('with a file at an address that is not Slack’s asks for it again, and fetches nothing', async () => {
    await open();
    await world.slack.submit(ann, {
      note: 'theft',
      audio: [{ name: 'a.wav', size: 1, url_private_download: 'http://127.0.0.1:9/a.wav' }],
    });
    await say('could not be fetched');
    expect(sample.ran).not.toContain('theft');
  });
});

describe('typed words', () => {
  test('to the app alone are answered there', async () => {
    await world.slack.type(ann, 'say privately');
    const message = await world.slack.workspace.until(() =>
      world.slack.directOf(ann).find((one) => shown(one).includes('Heard privately')),
    );
    expect(buttonsOf(message).map(({ action_id }) => action_id)).toContain('sample.replace');
  });

  test('to the app in a channel are answered for the person alone', async () => {
    await world.slack.mention(ann, 'say publicly');
    expect(await say('Heard publicly')).toMatchObject({ channel: 'C0GENERAL', ephemeralTo: ann });
  });

  test('that open a form get a button that does', async () => {
    await world.slack.type(ann, 'form');
    const offer = await world.slack.workspace.until(() =>
      world.slack.directOf(ann).find((one) => shown(one).includes('form is ready')),
    );
    await world.slack.click(ann, offer, 'sample.form');
    await world.slack.workspace.until(() => world.slack.topView(ann));
    world.slack.workspace.stacks.clear();
  });

  test('delivered again under another event id run once', async () => {
    const event = {
      type: 'message',
      channel: `D-${ann}`,
      channel_type: 'im',
      user: ann,
      text: 'say again',
      ts: '1700000000.000900',
    };
    await world.slack.event(event);
    await world.slack.event(event);
    await world.slack.type(ann, 'say next');
    await world.slack.workspace.until(() => world.slack.directOf(ann).find((one) => shown(one).includes('Heard next')));
    expect(sample.ran.filter((one) => one === 'again')).toHaveLength(1);
  });
});

describe('who is not Slack', () => {
  test.each([
    ['a signature by another secret', { secret: 'guessed' }, 401],
    ['a timestamp six minutes old', { timestamp: Math.floor(Date.now() / 1000) - 360 }, 401],
    ['a body of JSON that is none', { body: '{"type":', contentType: 'application/json' }, 400],
    ['a payload that is no JSON', { body: 'payload=%7Bnope' }, 400],
    ['nothing at all', { body: '', contentType: 'application/json' }, 400],
    ['JSON that says nothing', { body: 'null', contentType: 'application/json' }, 400],
    ['a payload that says nothing', { body: 'payload=null' }, 400],
    ['a form of something else', { body: 'hello=world' }, 400],
    ['a command without its fields', { body: 'command=%2Fattendant' }, 400],
  ])('%s', async (_, forged, status) => {
    const before = sample.ran.length;
    const delivered = await world.slack.slash(ann, 'say forged', forged);
    expect(delivered.status).toBe(status);
    expect(delivered.milliseconds).toBeLessThan(1_000);
    expect(sample.ran).toHaveLength(before);
  });

  test('sends no signature at all', async () => {
    const answer = await fetch(world.url, {
      method: 'POST',
      body: 'command=/attendant',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(401);
  });
});

test('a limit of Slack is waited out', async () => {
  world.slack.limit('chat.postMessage', 1);
  await world.slack.type(ann, 'say patiently');
  await world.slack.workspace.until(() =>
    world.slack.directOf(ann).find((one) => shown(one).includes('Heard patiently')),
  );
  const calls = world.slack.workspace.calls.filter(({ method }) => method === 'chat.postMessage');
  expect(calls.slice(-2).map(({ args }) => args.text)).toEqual(['Heard patiently ', 'Heard patiently ']);
});
