import { beforeEach, expect, test } from 'vitest';
import { taskDefinitions } from '../../src/core/app/task-definitions.js';
import { runTask } from '../../src/core/tasks/define-task.js';
import type { TaskName } from '../../src/core/tasks/tasks.js';
import { type Company, testCompany } from '../support/company.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const day = 86_400_000;
const inDays = (days: number) => new Date(company.clock.now().getTime() + days * day);

async function twice(name: TaskName): Promise<void> {
  for (let time = 0; time < 2; time += 1) await runTask(taskDefinitions, company.deps, { name, payload: {} });
}

test('sessions and sign-in links that have been over for a week are deleted, and no others', async () => {
  const { db, tenantId, ann } = company;
  const whose = { tenantId, userId: ann.id };
  await db.webSession.createMany({
    data: [
      { ...whose, expiresAt: inDays(-8) },
      { ...whose, expiresAt: inDays(20), endedAt: inDays(-8) },
      { ...whose, expiresAt: inDays(-6) },
      { ...whose, expiresAt: inDays(20), endedAt: inDays(-6) },
      { ...whose, expiresAt: inDays(20) },
    ],
  });
  await db.signInLink.createMany({
    data: [
      { ...whose, expiresAt: inDays(-8) },
      { ...whose, expiresAt: inDays(-8), usedAt: inDays(-8) },
      { ...whose, expiresAt: inDays(-6), usedAt: inDays(-6) },
      { ...whose, expiresAt: inDays(1) },
    ],
  });

  await twice('sign-ins.forget');
  const sessions = await db.webSession.findMany({ orderBy: [{ expiresAt: 'asc' }, { endedAt: 'asc' }] });
  expect(sessions.map(({ expiresAt, endedAt }) => [expiresAt, endedAt])).toEqual([
    [inDays(-6), null],
    [inDays(20), inDays(-6)],
    [inDays(20), null],
  ]);
  const links = await db.signInLink.findMany({ orderBy: { expiresAt: 'asc' } });
  expect(links.map(({ expiresAt }) => expiresAt)).toEqual([inDays(-6), inDays(1)]);
});

test('a request is remembered for a day', async () => {
  await company.ask(company.ann, 'help', { id: 'yesterday' });
  company.clock.forward({ hours: 23 });
  await twice('requests.forget');
  expect((await company.ask(company.ann, 'help', { id: 'yesterday' })).kind).toBe('done');
  company.clock.forward({ hours: 2 });
  await company.ask(company.ann, 'help', { id: 'today' });
  await twice('requests.forget');
  expect((await company.db.seenRequest.findMany()).map(({ id }) => id)).toEqual(['today']);
});
