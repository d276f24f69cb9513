import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { type Backend, openQueue, type TaskQueue } from '../../src/jobs/queue.js';
import { type RunningWorker, startWorker } from '../../src/jobs/worker.js';
import { wav } from '../support/audio.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import { textOf } from '../support/read.js';
import { sweep } from '../support/tasks.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
});

const leaveMessage = (sourceId: string) =>
  receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId,
    mailbox: { extension: '101' },
    audio: wav(3),
    callerName: 'Carol Caller',
  });

test('a queue that lost everything loses nothing: the card comes with the next sweep', async () => {
  await leaveMessage('lost');
  company.tasks.lose();
  await company.work();
  expect(company.cardsOf(company.ann)).toEqual([]);

  company.clock.forward({ minutes: 1 });
  await sweep(company.deps);
  await sweep(company.deps);
  expect(company.tasks.waiting.map(({ name }) => name)).toEqual(['notice.post']);
  await company.work({ twice: true });
  expect(company.cardsOf(company.ann).map(textOf)).toEqual([expect.stringContaining('Carol Caller')]);
});

test('while the queue is away a message is taken all the same', async () => {
  company.tasks.away = true;
  await leaveMessage('away');
  company.tasks.away = false;
  company.clock.forward({ minutes: 1 });
  await sweep(company.deps);
  await company.work();
  expect(company.cardsOf(company.ann)).toHaveLength(1);
});

test('what is not yet overdue, and what is done, is left alone', async () => {
  await leaveMessage('fresh');
  company.tasks.lose();
  await sweep(company.deps);
  expect(company.tasks.waiting).toEqual([]);

  company.clock.forward({ minutes: 1 });
  await sweep(company.deps);
  await company.work();
  company.clock.forward({ minutes: 1 });
  await sweep(company.deps);
  expect(company.tasks.waiting).toEqual([]);
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

  test('brings the card within seconds, and looks at its start for what was lost', async () => {
    await leaveMessage('lost');
    company.clock.forward({ minutes: 1 });

    const place = { ...backend(), name: `sweep-${randomUUID()}` };
    queue = openQueue(place, () => {});
    const deps = { ...company.deps, tasks: queue };
    const ended: string[] = [];
    worker = startWorker(place, deps, ({ name, ok }) => ended.push(`${name} ${ok}`));
    await eventually(() => expect(company.cardsOf(company.ann)).toHaveLength(1));
    await eventually(() => expect(ended).toContain('sweep true'));

    await receiveVoicemail(deps, installationActor(company.tenantId, 'api'), {
      sourceId: 'heard',
      mailbox: { extension: '101' },
      audio: wav(3),
    });
    await eventually(() => expect(company.cardsOf(company.ann)).toHaveLength(2), 5);
  });
});
