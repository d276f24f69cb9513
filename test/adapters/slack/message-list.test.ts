import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { buttonsOf } from '../../fakes/slack/windows.js';
import type { SlackMessage, SlackView } from '../../fakes/slack/workspace.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { type SlackCompany, slackCompany } from '../../support/slack.js';

const ann = 'account-ann';
let world: SlackCompany;
beforeEach(async () => {
  world = await slackCompany();
});

let sources = 0;
async function leave(to: Person, callerName: string): Promise<string> {
  world.company.clock.forward({ seconds: 60 });
  const { id } = await receiveVoicemail(world.company.deps, installationActor(world.company.tenantId, 'api'), {
    sourceId: `slack list ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    callerName,
  });
  return id;
}

const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const shown = (on: SlackMessage | SlackView | undefined) =>
  JSON.stringify(on === undefined ? [] : 'content' in on ? on.content.blocks : on.blocks);
const seen = (text: string) =>
  world.slack.workspace.until(() => world.slack.ephemeralTo(ann).find((one) => shown(one).includes(text)));
const topShows = (text: string) =>
  world.slack.workspace.until(() => {
    const view = world.slack.topView(ann);
    return shown(view).includes(text) && view;
  });

/** The list in a window, opened from the app's home. */
async function listInWindow(text: string): Promise<SlackView> {
  await world.slack.openHome(ann);
  const home = await world.slack.workspace.until(() => world.slack.workspace.homes.get(ann));
  await world.slack.click(ann, home, 'voicemail.list');
  return topShows(text);
}

describe('several messages in the window', () => {
  test('are deleted, the list shows the rest, and one undo brings them back', async () => {
    const [one, two, three] = [
      await leave(world.company.ann, 'First Caller'),
      await leave(world.company.ann, 'Second Caller'),
      await leave(world.company.ann, 'Third Caller'),
    ];
    const list = await listInWindow('Third Caller');
    await world.slack.tick(ann, list, [one, three]);
    await world.slack.click(ann, list, 'voicemail.delete');
    const after = await topShows('2 messages deleted');
    expect(shown(after)).toContain('Second Caller');
    expect(shown(after)).not.toContain('Third Caller');
    expect((await row(one)).deletedAt).not.toBeNull();
    expect((await row(two)).deletedAt).toBeNull();

    await world.slack.click(ann, after, 'voicemail.undo');
    expect(shown(await topShows('2 messages restored'))).toContain('Third Caller');
    for (const id of [one, two, three]) expect((await row(id)).deletedAt).toBeNull();
  });

  test('are unticked after an action, so that the next one does not change them too', async () => {
    const [one, two] = [await leave(world.company.ann, 'One'), await leave(world.company.ann, 'Two')];
    const list = await listInWindow('Two');
    await world.slack.tick(ann, list, [one]);
    await world.slack.click(ann, list, 'voicemail.handled');
    const handled = await topShows('1 message marked handled');
    await world.slack.click(ann, handled, 'voicemail.delete');
    const told = await topShows('No message is selected');
    expect(shown(told)).toContain('Two');
    expect(await world.company.db.voicemail.count({ where: { deletedAt: { not: null } } })).toBe(0);
    expect((await row(one)).handledAt).not.toBeNull();
    expect((await row(two)).handledAt).toBeNull();
  });

  test('are forwarded with a note by a window above it, which closes over the list with the result', async () => {
    const ids = [await leave(world.company.ann, 'One'), await leave(world.company.ann, 'Two')];
    const list = await listInWindow('Two');
    await world.slack.tick(ann, list, ids);
    await world.slack.click(ann, list, 'voicemail.forward');
    const form = await topShows('2 messages, each as a copy of its own');
    expect(form.id).not.toBe(list.id);
    await world.slack.submit(ann, {
      recipient: { value: world.company.bo.id, label: world.company.bo.displayName },
      note: 'for you',
    });
    const after = await topShows('2 messages being forwarded');
    expect(after.id).toBe(list.id);
    expect(world.slack.workspace.stackOf(ann)).toHaveLength(1);
    await world.work();
    expect(
      await world.company.db.voicemail.count({ where: { userId: world.company.bo.id, forwardNote: 'for you' } }),
    ).toBe(2);
  });

  test('that are none are told in a window above the list where a form was asked for', async () => {
    await leave(world.company.ann, 'Kim Caller');
    const list = await listInWindow('Kim Caller');
    await world.slack.click(ann, list, 'voicemail.forward');
    const told = await topShows('No message is selected');
    expect(told.id).not.toBe(list.id);
    expect(shown(world.slack.workspace.stackOf(ann)[0])).toContain('Kim Caller');
  });
});

test('the window filters and sorts by a form, and comes back with the same list', async () => {
  for (const caller of ['Zoe Caller', 'Ada Caller', 'Kim Other']) await leave(world.company.ann, caller);
  const list = await listInWindow('Kim Other');
  await world.slack.click(ann, list, 'voicemail.find');
  await topShows('Reverse the order');
  await world.slack.submit(ann, { caller: 'caller', show: 'unheard', length: 'short', sort: 'caller', reversed: true });
  const found = await topShows('Caller: caller');
  expect(found.id).toBe(list.id);
  expect(shown(found)).toContain(
    'Shown: New · Caller: caller · Shorter than 30 s · Sorted by Caller, A to Z, reversed',
  );
  expect(shown(found)).not.toContain('Kim Other');
  expect(shown(found).indexOf('Zoe Caller')).toBeLessThan(shown(found).indexOf('Ada Caller'));
});

test('the list of a typed command has the same boxes; what was e-mailed is told above it', async () => {
  const id = await leave(world.company.ann, 'Kim Caller');
  await leave(world.company.ann, 'Other');
  await world.slack.slash(ann, 'voicemail');
  const list = await seen('Kim Caller');
  await world.slack.tick(ann, list, [id]);
  await world.slack.click(ann, list, 'voicemail.export');
  const after = await seen('1 message on the way to your e-mail');
  expect(shown(after)).toContain('Kim Caller');
  expect(await world.company.db.export.count({ where: { voicemailId: id } })).toBe(1);
});

test('what a colleague did meanwhile is named, and the rest is done', async () => {
  const { company } = world;
  for (const { id: user } of [company.ann, company.bo])
    await company.submit(company.ada, 'mailbox.member', { user, level: 'handle' }, { mailbox: company.box.id });
  const [taken, free] = [await leave(company.box, 'Taken Caller'), await leave(company.box, 'Free Caller')];
  const list = await listInWindow('Free Caller');
  await company.click(company.bo, 'voicemail.handled', { voicemail: taken });
  await world.slack.tick(ann, list, [taken, free]);
  await world.slack.click(ann, list, 'voicemail.handled');
  const after = await topShows('1 message marked handled');
  expect(shown(after)).toContain('Handled already by Bo Chen.');
  expect((await row(taken)).handledById).toBe(company.bo.id);
  expect((await row(free)).handledById).toBe(company.ann.id);
});

test('ids that Slack never showed are refused, a thousand of them whole', async () => {
  const [own, stranger] = [
    await leave(world.company.ann, 'Own Caller'),
    await leave(world.company.bo, 'Secret Caller'),
  ];
  const list = await listInWindow('Own Caller');
  const forge = (values: readonly string[]) => {
    const button = buttonsOf(list).find(({ action_id }) => action_id === 'voicemail.delete');
    const boxes = { type: 'checkboxes', selected_options: values.map((value) => ({ value })) };
    return world.slack.deliver({
      type: 'block_actions',
      team: { id: world.slack.workspace.teamId },
      user: { id: ann },
      trigger_id: world.slack.workspace.trigger(ann, list.id),
      view: { ...list.content, id: list.id, state: { values: { row: { 'tick.voicemails': boxes } } } },
      actions: [{ ...button, action_ts: world.slack.workspace.ts() }],
    });
  };
  await forge([own, ...Array.from({ length: 999 }, () => crypto.randomUUID())]);
  await topShows('cannot read that much at once');
  expect((await row(own)).deletedAt).toBeNull();
  await forge([own, own, stranger, crypto.randomUUID(), 'x']);
  const below = () => world.slack.workspace.stackOf(ann)[0];
  const after = await world.slack.workspace.until(() => shown(below()).includes('1 message deleted') && below());
  expect(shown(after)).not.toContain('Secret Caller');
  expect(shown(after)).toContain('This message is not in your mailbox.');
  expect((await row(stranger)).deletedAt).toBeNull();
});

test('a tick alone asks nothing of us', async () => {
  const id = await leave(world.company.ann, 'Kim Caller');
  const list = await listInWindow('Kim Caller');
  const before = JSON.stringify(list.content);
  await world.slack.tick(ann, list, [id]);
  expect(JSON.stringify(world.slack.topView(ann)?.content)).toBe(before);
  expect(world.slack.workspace.stackOf(ann)).toHaveLength(1);
});
