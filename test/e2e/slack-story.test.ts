import { beforeAll, describe, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { buttonsOf } from '../fakes/slack/windows.js';
import type { SlackMessage } from '../fakes/slack/workspace.js';
import { wav } from '../support/audio.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

const ann = 'account-ann';
const bo = 'account-bo';
const actionsOn = (message: SlackMessage) => buttonsOf(message).map(({ action_id }) => action_id);
const shown = (on: { blocks: unknown } | undefined) => JSON.stringify(on?.blocks ?? []);

describe.each(['http', 'socket'] as const)('a day in Slack, over %s', (mode) => {
  let world: SlackCompany;

  beforeAll(async () => {
    world = await slackCompany(mode, { ownDatabase: true });
  });

  const until = <Value>(look: () => Value | undefined | false) => world.slack.workspace.until(look);
  const seenBy = (user: string, text: string) =>
    until(() =>
      [...world.slack.ephemeralTo(user), ...world.slack.directOf(user)].find((one) => shown(one).includes(text)),
    );
  const periods = () => world.company.db.outOfOfficePeriod.findMany({ where: { userId: world.company.ann.id } });

  test('an account nobody knows is linked by the e-mail Slack vouches for', async () => {
    await world.company.db.account.deleteMany({ where: { userId: world.company.ann.id } });
    await world.slack.slash(ann, 'help');
    await seenBy(ann, '/attendant');
    const accounts = await world.company.db.account.findMany({ where: { userId: world.company.ann.id } });
    expect(accounts).toMatchObject([{ platform: 'slack', accountId: ann, linkedBy: 'email' }]);
  });

  test('an account without such an e-mail waits for an admin', async () => {
    world.slack.workspace.addUser({ id: 'account-new', email: 'bo@maple.example', isEmailConfirmed: false });
    await world.slack.slash('account-new', 'help');
    await until(() => world.slack.ephemeralTo('account-new').at(-1));
    expect(await world.company.db.account.count({ where: { accountId: 'account-new' } })).toBe(0);
    expect(await world.company.db.linkRequest.findMany()).toMatchObject([
      { accountId: 'account-new', status: 'waiting' },
    ]);
  });

  test('the home shows where somebody stands, after a welcome', async () => {
    await world.slack.openHome(ann);
    const home = await until(() => world.slack.workspace.homes.get(ann));
    expect(buttonsOf(home).map(({ action_id }) => action_id)).toContain('ooo.set');
    const welcome = await until(() => world.slack.directOf(ann).find((one) => actionsOn(one).includes('ooo.set')));
    expect(shown(welcome)).toContain('/attendant ooo');

    const before = world.slack.directOf(ann).length;
    await world.slack.openHome(ann);
    await until(() => world.slack.workspace.calls.filter(({ method }) => method === 'views.publish').length >= 2);
    expect(world.slack.directOf(ann)).toHaveLength(before);
  });

  test('an absence: the form, a problem at its field, then saved', async () => {
    await world.slack.slash(ann, 'ooo');
    const view = await until(() => world.slack.topView(ann));
    expect(view.content.callback_id).toBe('ooo.set');

    const backup = (await world.slack.suggest(ann, 'Bo'))[0];
    expect(backup).toMatchObject({ label: expect.stringContaining('Bo Chen') });
    const typed = { until: '2030-01-10', note: 'Back *soon* <!here>', backup };
    const { body } = await world.slack.submit(ann, typed);
    expect(body).toMatchObject({ response_action: 'errors', errors: { until: expect.any(String) } });
    expect(world.slack.topView(ann)?.typed.note).toMatchObject({ note: { value: typed.note } });
    expect(await periods()).toEqual([]);

    await world.slack.submit(ann, { until: '2030-01-18' });
    await seenBy(ann, 'Bo Chen');
    expect(world.slack.topView(ann)).toBeUndefined();
    expect(await periods()).toMatchObject([{ backupId: world.company.bo.id, note: typed.note }]);
  });

  test('the home and the backup are told', async () => {
    await until(() => shown(world.slack.workspace.homes.get(ann)?.content).includes('ooo.back'));
    await world.work();
    const asked = await until(() => world.slack.directOf(bo).at(-1));
    expect(shown(asked)).toContain('Ann Baker');
  });

  test('nobody found is said, and cannot be chosen', async () => {
    expect(await world.slack.suggest(ann, 'qqqqqq')).toMatchObject([
      { value: '-', label: expect.stringContaining('Nobody in the directory fits “qqqqqq”') },
    ]);
    // A person who is not linked is told so there, too, because an empty list gives no reason.
    world.slack.workspace.addUser({ id: 'USTRANGER', realName: 'Sam Stranger' });
    expect(await world.slack.suggest('USTRANGER', 'bo')).toMatchObject([
      { value: '-', label: expect.stringMatching(/\w/) },
    ]);
  });

  test('a list that cannot be had in time says so, before Slack gives up', async () => {
    const slow = await world.company.db.$transaction(async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE "User" IN ACCESS EXCLUSIVE MODE`;
      return world.slack.suggest(ann, 'bo');
    });
    expect(slow).toMatchObject([{ value: '-', label: 'This takes a moment. Type one more letter.' }]);
  });

  test('somebody is found in a list, shown, and called', async () => {
    await world.slack.slash(ann, 'find d');
    const list = await seenBy(ann, 'Show Dan O’Neil');
    await world.slack.click(ann, list, 'directory.show');
    const card = await seenBy(ann, 'Leave a message');
    await world.slack.click(ann, card, 'directory.call');
    await seenBy(ann, 'From outside');
    await world.slack.click(ann, card, 'directory.message');
    await seenBy(ann, 'A message for ');
  });

  test('a voicemail is a card with its sound under it, and what is done to it shows', async () => {
    await receiveVoicemail(world.deps, installationActor(world.company.tenantId, 'api'), {
      sourceId: 'source-1',
      mailbox: { userId: world.company.ann.id },
      audio: wav(3),
      ani: '+14165550142',
      callerName: 'Cleo from the <bank>',
    });
    await world.work();
    const card = await seenBy(ann, 'Cleo from the <bank>');
    expect(card.text).toContain('Cleo from the &lt;bank&gt;');
    expect(actionsOn(card)).toEqual(
      expect.arrayContaining(['voicemail.listen', 'voicemail.handled', 'voicemail.delete']),
    );
    const reply = await until(() => world.slack.directOf(ann).find(({ threadTs }) => threadTs === card.ts));
    expect(world.slack.workspace.files.get(reply.files[0] ?? '')?.name).toMatch(/\.wav$/);

    await world.slack.click(ann, card, 'voicemail.handled');
    await until(() => !actionsOn(card).includes('voicemail.handled'));
    await world.work();
    await world.slack.click(ann, card, 'voicemail.delete');
    await until(() => actionsOn(card).includes('voicemail.undo'));
    await world.work();
    await world.messenger.stop();
    await until(() => world.slack.workspace.files.size === 0);
  });

  test('back is one click at home', async () => {
    const home = await until(() => world.slack.workspace.homes.get(ann));
    await world.slack.click(ann, home, 'ooo.back');
    await until(() => !shown(home.content).includes('"ooo.back"'));
    expect(await periods()).toMatchObject([{ status: 'ended' }]);
  });

  test('the same words delivered again, under another event id, run once', async () => {
    const event = {
      type: 'message',
      channel: `D-${ann}`,
      channel_type: 'im',
      user: ann,
      text: 'help',
      ts: '1893456000.000100',
    };
    const before = world.slack.directOf(ann).length;
    await world.slack.event(event);
    await world.slack.event(event);
    await until(() => world.slack.directOf(ann).length > before);
    await world.slack.slash(ann, 'status');
    await until(() => world.slack.ephemeralTo(ann).length > 1);
    expect(world.slack.directOf(ann)).toHaveLength(before + 1);
  });

  test('an admin who acts as somebody else has the bar on every answer, with Stop', async () => {
    await world.slack.slash('account-ada', 'impersonate');
    await until(() => world.slack.topView('account-ada'));
    const person = (await world.slack.suggest('account-ada', 'Bo')).at(0);
    await world.slack.submit('account-ada', { user: person, reason: 'He asked me on the phone to look at this' });
    const help = (seen: number) =>
      until(() => world.slack.ephemeralTo('account-ada').filter((one) => shown(one).includes('/attendant help'))[seen]);

    await world.slack.slash('account-ada', 'help');
    const during = await help(0);
    expect(shown(during)).toContain('Bo Chen');
    const told = world.slack.ephemeralTo('account-ada').length;
    await world.slack.click('account-ada', during, 'impersonation.stop');
    await until(() => world.slack.ephemeralTo('account-ada').length > told);

    await world.slack.slash('account-ada', 'help');
    expect(actionsOn(await help(1))).not.toContain('impersonation.stop');
  });
});
