import { beforeAll, expect, test } from 'vitest';
import type { SlackMessage } from '../../fakes/slack/workspace.js';
import { type SlackCompany, slackCompany } from '../../support/slack.js';

let world: SlackCompany;
const ada = 'account-ada';
const ann = 'account-ann';

beforeAll(async () => {
  world = await slackCompany();
});

const shown = (on: { readonly blocks?: unknown } | undefined) => JSON.stringify(on?.blocks ?? []);
const seenBy = (user: string, text: string): Promise<SlackMessage> =>
  world.slack.workspace.until(() => world.slack.ephemeralTo(user).find((one) => shown(one).includes(text)));

test('Ann ends a session from her direct message; Ada’s next command does nothing; the record has all of it', async () => {
  const { slack, company } = world;
  const reason = 'Ann is ill and asked me to set her absence.';
  await company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
  await world.work();
  const told = await slack.workspace.until(() =>
    slack.directOf(ann).find((one) => shown(one).includes('acts as you in Attendant')),
  );
  await slack.click(ann, told, 'impersonation.end-mine');
  await slack.workspace.until(() => slack.directOf(ann).find((one) => shown(one).includes('no longer acts as you')));
  expect(await company.db.impersonationSession.findFirstOrThrow()).toMatchObject({ endedHow: 'ended-by-person' });
  await slack.slash(ada, 'ooo until Friday 5pm');
  expect(shown(await seenBy(ada, 'Ann Baker ended it.'))).toContain('Nothing was done');
  expect(await company.db.outOfOfficePeriod.count()).toBe(0);

  await slack.slash(ada, 'audit');
  const record = await seenBy(ada, 'What happened in the company');
  await slack.click(ada, record, 'audit.filter');
  const view = await slack.workspace.until(() => slack.topView(ada));
  expect(view.content).toMatchObject({ callback_id: 'audit.filter' });
  await slack.submit(ada, { user: { value: company.ann.id, label: 'Ann Baker' }, event: 'impersonation.*' });
  expect(shown(await seenBy(ada, 'What happened about Ann Baker'))).toContain('Ada Roy as Ann Baker');
  await slack.click(ada, record, 'impersonation.sessions');
  expect(shown(await seenBy(ada, 'Ended by Ann Baker'))).toContain(reason);
});
