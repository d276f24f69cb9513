import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { refreshMembers } from '../../src/core/members/sync/refresh-workspace-members.js';
import { type Backend, openQueue, type TaskQueue } from '../../src/jobs/queue.js';
import { type RunningWorker, startWorker } from '../../src/jobs/worker.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import type { ListedPeople } from '../support/members.js';
import { sweep } from '../support/tasks.js';

let company: Company;
let list: ListedPeople;
let listId: string;
beforeEach(async () => {
  company = await testCompany({ listed: ['chat'], ownDatabase: true });
  list = company.lists.chat as ListedPeople;
  listId = (await company.db.workspace.findFirstOrThrow()).id;
});

const everything = async () => ({
  members: await company.db.member.findMany({ orderBy: { accountId: 'asc' } }),
  lists: await company.db.memberList.findMany(),
  users: await company.db.user.count(),
  audit: await company.audit(),
  notices: await company.db.notice.findMany(),
});

test('a list is read once, however many jobs there are and however often they run', async () => {
  await Promise.all([1, 2, 3, 4].map(() => refreshMembers(company.deps, listId)));
  expect(list.reads).toBe(1);
  const before = await everything();
  expect(before.members).toHaveLength(8);
  await refreshMembers(company.deps, listId);
  company.clock.forward({ hours: 20 });
  await refreshMembers(company.deps, listId);
  expect(list.reads).toBe(1);
  expect(await everything()).toEqual(before);
});

test('a claim that its holder left behind is taken over, and a holder who is late writes nothing', async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { read } = list;
  list.read = async (workspace, onPage) => {
    list.read = read;
    await slow;
    list.people.clear();
    return read(workspace, onPage);
  };
  const late = refreshMembers(company.deps, listId);
  await eventually(() => expect(list.read).toBe(read));
  await refreshMembers(company.deps, listId);
  expect(list.reads).toBe(0);

  company.clock.forward({ minutes: 2 });
  await refreshMembers(company.deps, listId);
  const before = await everything();
  expect(before.lists).toMatchObject([{ failure: null, whole: true, claimedAt: null, attempts: 0 }]);
  release();
  await late;
  expect(await everything()).toEqual(before);
});

test('a claim outlives a page that takes longer than it holds, and the reading is settled', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  atTheEnd(async () => vi.useRealTimers());
  const { read } = list;
  list.read = async (workspace, onPage) => {
    for (let times = 0; times < 3; times += 1) {
      company.clock.forward({ minutes: 1 });
      vi.advanceTimersByTime(60_000);
      await eventually(async () =>
        expect((await company.db.memberList.findFirstOrThrow()).dueAt.getTime()).toBeGreaterThan(
          company.clock.now().getTime() + 60_000,
        ),
      );
    }
    return read(workspace, onPage);
  };
  await refreshMembers(company.deps, listId);
  expect(await company.db.memberList.findMany()).toMatchObject([{ readAt: company.clock.now(), claimedAt: null }]);
});

test('what the platform tells of somebody while the list is read is newer than the list', async () => {
  const { ann } = company;
  const { read } = list;
  list.read = async (workspace, onPage) => {
    const extent = await read(workspace, onPage);
    await company.db.member.updateMany({
      where: { accountId: ann.account.accountId },
      data: { status: 'left', seenAt: new Date(company.clock.now().getTime() + 1000) },
    });
    return extent;
  };
  await refreshMembers(company.deps, listId);
  company.clock.forward({ hours: 27 });
  await refreshMembers(company.deps, listId);
  expect(await company.db.member.findFirst({ where: { accountId: ann.account.accountId } })).toMatchObject({
    status: 'left',
  });
});

test('each workspace has its own hour, and a platform that is off is left alone', async () => {
  await company.db.workspace.createMany({
    data: [1, 2, 3].flatMap((at) =>
      ['chat', 'off'].map((platform) => ({ tenantId: company.tenantId, platform, externalId: `w${at}` })),
    ),
  });
  await sweep(company.deps);
  await company.work();
  const lists = await company.db.memberList.findMany();
  expect(lists).toHaveLength(4);
  expect(new Set(lists.map(({ dueAt }) => dueAt.getTime())).size).toBe(4);
  for (const { dueAt } of lists) {
    const hours = (dueAt.getTime() - company.clock.now().getTime()) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(22);
    expect(hours).toBeLessThanOrEqual(26);
  }
});

const backends: { name: string; backend: () => Backend }[] = [
  ...(inject('redisUrl') === null
    ? []
    : [{ name: 'Redis', backend: (): Backend => ({ kind: 'redis', url: inject('redisUrl') ?? '' }) }]),
  { name: 'PostgreSQL', backend: () => ({ kind: 'postgres', url: company.databaseUrl }) },
];

describe.each(backends)('a worker on $name', ({ backend }) => {
  let queue: TaskQueue;
  let worker: RunningWorker | undefined;
  afterEach(async () => {
    await worker?.stop();
    await queue.close();
  });

  test('reads a new workspace at its start', async () => {
    const place = { ...backend(), name: `members-${randomUUID()}` };
    queue = openQueue(place, () => {});
    worker = startWorker(place, { ...company.deps, tasks: queue });
    await eventually(async () => expect(await company.db.member.count()).toBe(8));
    expect(list.reads).toBe(1);
  });
});
