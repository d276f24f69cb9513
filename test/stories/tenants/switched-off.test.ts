import { expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import { testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

test('a company that is switched off: calls end with one sentence, nothing else counts, and all is there after it', async () => {
  const company = await testCompany({ annIsOut: true });
  const { ada, bo, deps, db, tenantId } = company;
  const enabled = (text: string) =>
    changeSetting(deps, installationActor(tenantId, 'cli'), { userId: undefined, key: 'enabled' }, text);
  let calls = 0;
  const call = (dnis: string) =>
    answerCall(deps, tenantId, { callId: `${tenantId} ${++calls}`, ani: '+15145550123', dnis });
  const kept = async () => ({
    people: await db.user.findMany({ where: { tenantId }, orderBy: { id: 'asc' }, omit: { updatedAt: true } }),
    periods: await db.outOfOfficePeriod.findMany({ where: { tenantId } }),
  });
  const before = await kept();
  await company.ask(ada, 'closed until 14:00 snow');

  await enabled('no');
  // Neither the closure, nor an absence, nor the menu of the main number.
  for (const dnis of ['+14165550101', '+14165550100', '+14165550102'])
    expect(await call(dnis)).toMatchObject({ action: 'announce', prompt: expect.stringContaining('not in service') });
  for (const word of ['ooo until Friday 5pm', 'back', 'find Ann', 'voicemail', 'settings', 'help'])
    expect(textOf(await company.ask(bo, word)).split('\n')).toHaveLength(1);
  expect((await company.suggest(bo, 'Ann')).kind).toBe('suggest');
  expect(textOf(await company.suggest(bo, 'Ann'))).not.toContain('Ann Baker');
  await company.work({ twice: true });
  expect(await kept()).toEqual(before);

  await company.press(ada, await company.ask(ada, 'help'), 'admin.switch-on');
  expect(textOf(await company.ask(bo, 'status Ann Baker'))).toContain('Ann Baker');
  expect(await kept()).toEqual(before);
  await company.ask(ada, 'open');
  expect(await call('+14165550101')).toMatchObject({ action: 'dial' });
});
