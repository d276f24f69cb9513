import { beforeAll, expect, test } from 'vitest';
import type { SlackMessage } from '../../fakes/slack/workspace.js';
import { type SlackCompany, slackCompany } from '../../support/slack.js';

let world: SlackCompany;
const ada = 'account-ada';
beforeAll(async () => {
  world = await slackCompany();
});

const shown = (on: { readonly blocks: unknown } | undefined) => JSON.stringify(on?.blocks ?? []);
const seen = (text: string): Promise<SlackMessage> =>
  world.slack.workspace.until(() => world.slack.ephemeralTo(ada).find((one) => shown(one).includes(text)));
const window = () => world.slack.workspace.until(() => world.slack.topView(ada));

test('somebody is deactivated from a card, with who replaces them and who gets their messages, and returns', async () => {
  const { company, slack } = world;
  const { ann, bo, db, tenantId } = { ...company };
  await db.tenant.updateMany({ data: { releaseOnDeactivation: 'extension' } });
  await db.user.update({ where: { id: company.cleo.id }, data: { defaultBackupId: ann.id } });
  await db.voicemail.create({
    data: { tenantId, userId: ann.id, sourceId: 'open', durationSeconds: 4, receivedAt: company.clock.now() },
  });
  await slack.slash(ada, 'admin people Ann');
  await slack.click(ada, await seen('One person'), 'admin.person');
  await slack.click(ada, await seen('ann@maple.example'), 'admin.deactivate');
  const { content } = await window();
  for (const line of ['Backup user of 1: Cléo Dubois', '(416) 555-0101: stays theirs', 'One open voicemail'])
    expect(shown(content)).toContain(line);

  // Of Ann's own replacement Ann is not offered, as she is elsewhere.
  const [, field = ''] = /"action_id":"(replacement[^"]*)"/.exec(shown(content)) ?? [];
  expect((await slack.suggest(ada, 'ann baker')).map(({ value }) => value)).toContain(ann.id);
  expect((await slack.suggest(ada, 'ann baker', field)).map(({ value }) => value)).not.toContain(ann.id);

  const refused = await slack.submit(ada, { replacement: { value: company.nil.id, label: 'Nil Access' } });
  expect(refused.body).toMatchObject({
    response_action: 'errors',
    errors: { replacement: expect.stringContaining('Nil Access cannot take calls') },
  });
  await slack.submit(ada, {
    replacement: { value: bo.id, label: 'Bo Chen' },
    voicemailsTo: { value: bo.id, label: 'Bo Chen' },
  });
  const gone = await seen('Ann Baker was deactivated.');
  expect(shown(gone)).toContain('Bo Chen is now the backup user of 1.');
  expect(shown(gone)).toContain('Bo Chen has the open voicemails (1).');
  expect(await db.user.findUnique({ where: { id: ann.id } })).toMatchObject({
    ...{ access: 'none', extension: null, did: '+14165550101' },
  });
  expect(await db.voicemail.count({ where: { userId: bo.id } })).toBe(1);

  await slack.click(ada, gone, 'admin.restore');
  await world.slack.workspace.until(() =>
    slack.ephemeralTo(ada).find((one) => shown(one).includes('Ann Baker has access again.')),
  );
  expect(await db.user.findUnique({ where: { id: ann.id } })).toMatchObject({ extension: '101' });
});

test('a window of settings that is sent as it came writes nothing', async () => {
  const { company, slack } = world;
  await slack.slash(ada, 'admin settings');
  await slack.click(ada, await seen('Company settings'), 'admin.tenant');
  await window();
  await slack.submit(ada, {});
  await slack.workspace.until(() => slack.topView(ada) === undefined);
  expect((await company.audit()).filter(({ event }) => event === 'setting.changed')).toEqual([]);
  expect(await company.db.settingOrigin.count()).toBe(0);
});
