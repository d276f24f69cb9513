import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Task } from '../../src/core/tasks/tasks.js';
import { type Backend, openQueue, openWorker, type QueuedTask, type TaskQueue } from '../../src/jobs/queue.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { startRedis } from '../support/redis.js';

const purge = (delaySeconds = 0): Task => ({
  name: 'voicemail.purge',
  payload: { voicemailId: randomUUID() },
  delaySeconds,
});

interface Place {
  readonly backend: Backend;
  /** Stop the server for its clients, and start it again. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

const places: { name: string; make: () => Promise<Place> }[] = [
  ...(inject('redisUrl') === null ? [] : [{ name: 'Redis', make: onRedis }]),
  { name: 'PostgreSQL', make: onPostgres },
];

describe.each(places)('the queue on $name', ({ make }) => {
  let place: Place;
  let queue: TaskQueue;
  let done: { name: string; entry: QueuedTask }[];
  let failures: { last: boolean }[];
  let work: (name: string, entry: QueuedTask) => Promise<void>;
  let worker: { close(): Promise<void> } | undefined;

  const start = () => {
    worker = openWorker(
      place.backend,
      {
        work: (name, entry) => work(name, entry),
        onFailed: (failure) => failures.push(failure),
        onError: () => {},
      },
      4,
    );
  };

  beforeAll(async () => {
    place = await make();
  });
  beforeEach(() => {
    place = { ...place, backend: { ...place.backend, name: `test-${randomUUID()}` } };
    queue = openQueue(place.backend, () => {});
    done = [];
    failures = [];
    work = async (name, entry) => void done.push({ name, entry });
  });
  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await queue.close();
  });

  test('a task runs once, with its ids and the request that asked for it', async () => {
    start();
    const task = purge();
    await queue.add([task], { requestId: 'request-1' });
    await eventually(() => expect(done).toHaveLength(1));
    expect(done[0]).toEqual({ name: task.name, entry: { ids: task.payload, requestId: 'request-1' } });
    await eventually(async () => expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 }));
  });

  test('two hundred at once all run', async () => {
    const tasks = Array.from({ length: 200 }, () => purge());
    await queue.add(tasks);
    start();
    await eventually(() => expect(done).toHaveLength(200));
    expect(new Set(done.map(({ entry }) => JSON.stringify(entry.ids))).size).toBe(200);
  });

  test('a delayed task waits its time', async () => {
    start();
    const asked = Date.now();
    await queue.add([purge(1)]);
    await eventually(() => expect(done).toHaveLength(1));
    expect(Date.now() - asked).toBeGreaterThanOrEqual(950);
  });

  test('with `once`, what waits is not added a second time, and can come again when it is done', async () => {
    const task = purge();
    await queue.add([task], { once: true });
    await queue.add([task, purge()], { once: true });
    start();
    await eventually(() => expect(done).toHaveLength(2));
    await eventually(async () => expect((await queue.counts()).active).toBe(0));
    await queue.add([task], { once: true });
    await eventually(() => expect(done).toHaveLength(3));
  });

  test('what fails is told, and tried again', async () => {
    let tries = 0;
    work = async () => {
      tries += 1;
      if (tries === 1) throw new Error('the platform is away');
    };
    start();
    await queue.add([{ name: 'notice.post', payload: { noticeId: randomUUID() } }]);
    await eventually(() => expect(tries).toBe(2));
    expect(failures).toMatchObject([{ last: false }]);
  });

  test('cards that come at one moment share a job, and only the one that failed is tried again', async () => {
    const [good, bad] = [randomUUID(), randomUUID()].map(
      (noticeId): Task => ({ name: 'notice.post', payload: { noticeId } }),
    );
    let tries = 0;
    work = async (name, entry) => {
      if (JSON.stringify(entry.ids) === JSON.stringify(bad?.payload)) tries += 1;
      if (tries === 1 && JSON.stringify(entry.ids) === JSON.stringify(bad?.payload)) throw new Error('away');
      done.push({ name, entry });
    };
    await queue.add([good, bad] as Task[]);
    expect((await queue.counts()).waiting).toBe(1);
    start();
    await eventually(() => expect(done.map(({ entry }) => entry.ids)).toEqual([good?.payload, bad?.payload]));
    expect(tries).toBe(2);
    expect(failures).toEqual([{ name: 'notice.post', entries: [{ ids: bad?.payload }], last: false }]);
  });

  test('closing finishes what runs and takes nothing more', async () => {
    let finished = 0;
    work = async () => {
      await wait(300);
      finished += 1;
    };
    start();
    await queue.add(Array.from({ length: 12 }, () => purge()));
    await eventually(async () => expect((await queue.counts()).active).toBeGreaterThan(0));
    await worker?.close();
    worker = undefined;
    const whenClosed = finished;
    expect(whenClosed).toBeGreaterThan(0);
    await wait(400);
    expect(finished).toBe(whenClosed);
    expect((await queue.counts()).active).toBe(0);
  });

  test('while the server is away adding is refused soon, and everything works again when it is back', async () => {
    start();
    await queue.add([purge()]);
    await eventually(() => expect(done).toHaveLength(1));

    await place.goAway();
    try {
      const begun = Date.now();
      await expect(queue.add([purge()])).rejects.toThrow();
      await expect(queue.check()).rejects.toThrow();
      expect(Date.now() - begun).toBeLessThan(8000);
    } finally {
      await place.comeBack();
    }
    await eventually(() => queue.check());
    await eventually(() => queue.add([purge()]));
    await eventually(() => expect(done.length).toBeGreaterThanOrEqual(2), 15);
  }, 40_000);
});

async function onRedis(): Promise<Place> {
  const port = await freePort();
  let redis = await startRedis(tmpdir(), port);
  atTheEnd(async () => redis?.stop());
  return {
    backend: { kind: 'redis', url: `redis://127.0.0.1:${port}` },
    goAway: async () => redis?.stop(),
    comeBack: async () => {
      redis = await startRedis(tmpdir(), port);
    },
  };
}

async function onPostgres(): Promise<Place> {
  const url = await testDatabase();
  const database = new URL(url).pathname.slice(1);
  const asServer = async (sql: string) => {
    const client = new Client({ connectionString: inject('serverUrl') });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return {
    backend: { kind: 'postgres', url },
    goAway: async () => {
      await asServer(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
      await asServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
    },
    comeBack: () => asServer(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`),
  };
}
