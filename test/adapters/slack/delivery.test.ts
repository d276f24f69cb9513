import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { updateNoticeFor } from '../../../src/core/notices/notice.js';
import { claimNotice } from '../../../src/core/notices/notice.store.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { cutOff } from '../../support/database-outage.js';
import { eventually } from '../../support/eventually.js';
import { type SlackCompany, slackCompany } from '../../support/slack.js';
import { sweep } from '../../support/tasks.js';

const ann = 'account-ann';
let world: SlackCompany;
let id: string;

beforeEach(async () => {
  world = await slackCompany();
  ({ id } = await receiveVoicemail(world.deps, installationActor(world.company.tenantId, 'api'), {
    sourceId: 'one',
    mailbox: { extension: '101' },
    audio: wav(3),
    callerName: 'Carol Caller',
  }));
});

const cards = () => world.slack.directOf(ann).filter(({ threadTs }) => threadTs === undefined);
const files = () => [...world.slack.workspace.files.values()].filter(({ channel }) => channel !== undefined);
const posting = () => world.company.db.posting.findFirstOrThrow({ where: { platform: 'slack' } });
const notice = () => world.company.db.notice.findFirstOrThrow({ where: { subjectId: id } });
/** Let time pass, and run the tasks that the sweep finds. */
async function later(minutes: number): Promise<void> {
  world.company.clock.forward({ minutes });
  world.company.tasks.lose();
  await sweep(world.deps);
  await world.work();
  await world.messenger.stop();
}

describe('A card', () => {
  test('whose answer was lost is found, and no second one is sent', async () => {
    world.slack.loseAnswers('chat.postMessage');
    await expect(world.work()).rejects.toThrow('everywhere');
    expect(cards()).toHaveLength(1);
    expect(await notice()).toMatchObject({ unsure: true, claimedAt: null });
    expect(await posting()).toMatchObject({ status: 'failed', why: expect.stringContaining('outcome unknown') });

    await later(2);
    expect(cards()).toHaveLength(1);
    expect(await posting()).toMatchObject({ status: 'sent', why: '', ref: { ts: cards()[0]?.ts } });
    expect(await notice()).toMatchObject({ unsure: false, settled: 1 });
    expect(world.slack.workspace.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  test('whose answer was lost is found even if the message changed meanwhile', async () => {
    world.slack.loseAnswers('chat.postMessage');
    await expect(world.work()).rejects.toThrow('everywhere');
    await change(world.deps, installationActor(world.company.tenantId, 'job'), (change) =>
      updateNoticeFor(change, { kind: 'voicemail.arrived', subjectId: id, userId: world.company.ann.id }),
    );
    await later(2);
    expect(cards()).toHaveLength(1);
    expect(await posting()).toMatchObject({ shows: 2 });
  });

  test('that a killed worker had sent is found by the next one', async () => {
    const { id: noticeId } = await notice();
    const claimed = await claimNotice(world.company.db, { id: noticeId, clock: world.company.clock });
    if (!claimed) throw new Error('not claimed');
    const { to } = claimed.accounts[0] ?? {};
    if (!to) throw new Error('no account');
    const delivery = { key: noticeId, mayBeThere: false, ageSeconds: 0 };
    await world.messenger.send(to, { title: 'Voicemail', summary: 'Voicemail', blocks: [] }, delivery);

    await later(2);
    expect(cards()).toMatchObject([{ text: expect.stringContaining('Carol Caller'), edits: 1 }]);
    expect(await posting()).toMatchObject({ status: 'sent', ref: { ts: cards()[0]?.ts } });
  });

  test('is looked for only where somebody may have sent it', async () => {
    world.slack.fail('chat.postMessage', 'restricted_action');
    await expect(world.work()).rejects.toThrow('everywhere');
    await later(2);
    expect(cards()).toHaveLength(1);
    expect(world.slack.workspace.calls.map(({ method }) => method)).not.toContain('conversations.history');
  });

  test('that Slack took while the database went away is recorded when it is back', async () => {
    world.slack.delayAnswers('chat.postMessage', 500);
    const working = world.work();
    await world.slack.workspace.until(() => cards().length === 1);
    const letIn = await cutOff(world.company.databaseUrl);
    await wait(2000);
    await letIn();
    await working;
    expect(await posting()).toMatchObject({ status: 'sent', ref: { ts: cards()[0]?.ts } });
    expect(await notice()).toMatchObject({ settled: 1, claimedAt: null, attempts: 1 });
    await later(2);
    expect(cards()).toHaveLength(1);
  });
});

describe('Audio under a card', () => {
  test('whose upload failed comes with a later try, once', async () => {
    world.slack.fail('files.completeUploadExternal', 'internal_error', 2);
    await world.work();
    await world.messenger.stop();
    expect(files()).toEqual([]);
    expect(await posting()).toMatchObject({ audioThere: null, dueAt: expect.any(Date), claimedAt: null, attempts: 1 });
    await later(2);
    expect(files()).toEqual([]);
    await later(10);
    expect(files()).toHaveLength(1);
    expect(await posting()).toMatchObject({ audioThere: expect.any(String), dueAt: null });
    await later(60);
    expect(files()).toHaveLength(1);
  });

  test('whose upload worked though its answer was lost is found', async () => {
    world.slack.loseAnswers('files.completeUploadExternal');
    await world.work();
    await world.messenger.stop();
    expect(files()).toHaveLength(1);
    expect(await posting()).toMatchObject({ audioThere: null });
    await later(2);
    expect(files()).toHaveLength(1);
    expect(await posting()).toMatchObject({ audioThere: expect.any(String), dueAt: null });
  });

  test('that a killed worker never began to upload comes with the sweep', async () => {
    const { audio } = world.messenger;
    const deps = {
      ...world.deps,
      messengers: { forPlatform: () => ({ ...world.messenger, audio: { ...audio, runLater: () => {} } }) },
    };
    await world.company.tasks.work(deps);
    expect([cards().length, files().length]).toEqual([1, 0]);
    await later(2);
    expect(files()).toHaveLength(1);
  });

  test('does not come any more when the message was deleted before', async () => {
    world.slack.fail('files.getUploadURLExternal', 'internal_error');
    await world.work();
    await world.messenger.stop();
    await world.company.click(world.company.ann, 'voicemail.delete', { voicemail: id });
    await world.work();
    await later(2);
    await later(60);
    expect(files()).toEqual([]);
    expect(await posting()).toMatchObject({ audio: null, audioThere: null, dueAt: null });
  });

  test('that arrives while the message is deleted is taken away', async () => {
    world.slack.delayAnswers('files.getUploadURLExternal', 1000);
    await world.work();
    await eventually(() =>
      expect(world.slack.workspace.calls.map(({ method }) => method)).toContain('files.getUploadURLExternal'),
    );
    await world.company.click(world.company.ann, 'voicemail.delete', { voicemail: id });
    await world.work();
    await world.messenger.stop();
    expect(files()).toEqual([]);
    expect(await posting()).toMatchObject({ audio: null, audioThere: null, dueAt: null });
  });

  test('that cannot be taken away for now is taken away later', async () => {
    await world.work();
    await world.messenger.stop();
    world.slack.fail('conversations.replies', 'internal_error');
    await world.company.click(world.company.ann, 'voicemail.delete', { voicemail: id });
    await world.work();
    await world.messenger.stop();
    expect(files()).toHaveLength(1);
    await later(2);
    expect(files()).toEqual([]);
  });

  test('comes again when the deletion is taken back', async () => {
    await world.work();
    await world.messenger.stop();
    for (const [action, count] of [
      ['voicemail.delete', 0],
      ['voicemail.undo', 1],
    ] as const) {
      await world.company.click(world.company.ann, action, { voicemail: id });
      await world.work();
      await world.messenger.stop();
      expect(files()).toHaveLength(count);
    }
  });

  test('is given up in the end, and a message that is handled then does not begin anew', async () => {
    world.deps.log.level = 'silent';
    world.slack.fail('files.getUploadURLExternal', 'storage_limit_reached', 100);
    await world.work();
    await world.messenger.stop();
    for (let times = 0; times < 14; times += 1) await later(61);
    expect(await posting()).toMatchObject({ attempts: 12, dueAt: null, audioThere: null });
    await world.company.click(world.company.ann, 'voicemail.handled', { voicemail: id });
    await world.work();
    await world.messenger.stop();
    expect(await posting()).toMatchObject({ dueAt: null, audioThere: null });
  });
});

test('A forward that the database interrupts again and again makes one copy, and one card', async () => {
  const { ann, bo, tasks, clock, databaseUrl, db } = world.company;
  await world.work();
  await world.company.submit(ann, 'voicemail.forward', { recipient: bo.id, note: '' }, { voicemail: id });
  for (let times = 0; times < 4; times += 1) {
    const working = world.work().catch(() => {});
    await wait(times * 4);
    const letIn = await cutOff(databaseUrl);
    await letIn();
    await working;
    clock.forward({ minutes: 2 });
    tasks.lose();
    await eventually(() => sweep(world.deps));
  }
  await later(2);
  expect(await db.voicemail.count({ where: { forwardOfId: id, userId: bo.id } })).toBe(1);
  expect(await db.forward.findMany()).toMatchObject([{ status: 'done' }]);
  expect(world.slack.directOf('account-bo').filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
});
