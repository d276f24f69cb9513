import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readEnvironment } from '../../src/env.js';
import { type Attendant, startAttendant } from '../../src/main.js';
import { testDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { type RunningRedis, startRedis } from '../support/redis.js';

let folder: string;
let databaseUrl: string;
let redis: RunningRedis | undefined;
let attendant: Attendant;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-operations-'));
  databaseUrl = await testDatabase();
  redis = await startRedis(folder);
  const config = readEnvironment({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    ATTENDANT_DATA: folder,
    ATTENDANT_SECRET: randomUUID() + randomUUID(),
    LOG_LEVEL: 'silent',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  });
  attendant = await startAttendant(config);
});
afterAll(async () => {
  await attendant.stop();
  await redis?.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (path: string, init?: RequestInit) => fetch(`${attendant.url}${path}`, init);

async function readiness(): Promise<{ status: number; away: string[] }> {
  const response = await ask('/readyz');
  const { away } = (await response.json()) as { away: string[] };
  return { status: response.status, away };
}

test('alive, ready, and measured by the patterns of routes', async () => {
  expect((await ask('/healthz')).status).toBe(200);
  expect(await readiness()).toEqual({ status: 200, away: [] });
  await ask('/v/a-secret-token');
  const figures = await (await ask('/metrics')).text();
  expect(figures).toContain('attendant_http_request_seconds_count{method="GET",route="/readyz",status="200"}');
  expect(figures).toContain('attendant_queue_tasks{state="waiting"}');
  for (const name of ['missing', 'held', 'removed', 'set_aside']) {
    expect(figures).toContain(`attendant_recordings_${name} 0`);
    // Every process reports the same figure of the one database; a counter would be summed.
    expect(figures).toContain(`# TYPE attendant_recordings_${name} gauge`);
    expect(figures).toMatch(new RegExp(`# HELP attendant_recordings_${name} .*use max\\(\\)`));
  }
  expect(figures).not.toContain('a-secret-token');
});

test('what nobody answers: a problem document for programs, a plain line for people', async () => {
  const api = await ask('/api/nothing');
  expect(api.headers.get('content-type')).toContain('application/problem+json');
  expect(await api.json()).toMatchObject({ status: 404, title: 'Not found', detail: expect.any(String) });
  const page = await ask('/nothing/here');
  expect([page.status, page.headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
  expect((await ask('/v/%E0%A4%A')).status).toBe(400);
});

test('a request has an id, a proxy’s own where it gives a sane one', async () => {
  expect((await ask('/healthz')).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  const given = { headers: { 'x-request-id': 'from-the-proxy-1' } };
  expect((await ask('/healthz', given)).headers.get('x-request-id')).toBe('from-the-proxy-1');
  const rude = { headers: { 'x-request-id': 'x'.repeat(500) } };
  expect((await ask('/healthz', rude)).headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
});

test('/readyz names the event loop after it was blocked, and /metrics says for how long', async () => {
  await eventually(async () => expect(await readiness()).toEqual({ status: 200, away: [] }), 15);
  const until = performance.now() + 3_500;
  while (performance.now() < until);
  // Its own timer measures the delay at a next turn; what waited meanwhile may count as away for a moment, too.
  const stuck = { status: 503, away: expect.arrayContaining(['event loop']) };
  await eventually(async () => expect(await readiness()).toEqual(stuck), 5);
  const figures = await (await ask('/metrics')).text();
  expect(Number(/^attendant_event_loop_delay_seconds (.*)$/m.exec(figures)?.[1])).toBeGreaterThan(3);
  expect(figures).toContain('nodejs_eventloop_lag_p99_seconds');
  await eventually(async () => expect(await readiness()).toEqual({ status: 200, away: [] }), 20);
}, 60_000);

describe('while a part is away, /readyz is 503 and names it, soon; and is 200 when it is back', () => {
  const soon = async (away: string) => {
    const begun = Date.now();
    await eventually(async () => expect(await readiness()).toMatchObject({ status: 503, away: [away] }));
    expect((await ask('/healthz')).status).toBe(200);
    const once = Date.now();
    await readiness();
    expect(Date.now() - once).toBeLessThan(4000);
    return Date.now() - begun;
  };
  const back = () => eventually(async () => expect(await readiness()).toEqual({ status: 200, away: [] }), 15);

  test.runIf(inject('redisUrl') !== null)('the queue', async () => {
    const port = Number(new URL(redis?.url ?? '').port);
    await redis?.stop();
    await soon('queue');
    redis = await startRedis(folder, port);
    await back();
  });

  test.runIf(inject('redisUrl') !== null)('the database', async () => {
    const name = new URL(databaseUrl).pathname.slice(1);
    await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await onServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await soon('database');
    await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await back();
  });

  test('the recordings', async () => {
    await rm(join(folder, 'recordings'), { recursive: true });
    await writeFile(join(folder, 'recordings'), 'a file where the folder was');
    await soon('recordings');
    await rm(join(folder, 'recordings'));
    await back();
  });
});

test('a port that is taken is told at once, and nothing is left running', async () => {
  const taken = readEnvironment({
    PORT: new URL(attendant.url).port,
    DATABASE_URL: databaseUrl,
    ATTENDANT_SECRET: 'x'.repeat(32),
    ATTENDANT_DATA: folder,
    LOG_LEVEL: 'silent',
  });
  await expect(startAttendant(taken)).rejects.toThrow('is in use: set PORT to another');
});

test('a door that is switched off is 503 with a line that says so; an address that is none is 404', async () => {
  for (const [path, line] of [
    ['/slack/events', 'Slack is not set up here'],
    ['/slack/install', 'Slack is not set up here'],
    ['/api/messages', 'Microsoft Teams is not set up here'],
  ] as const)
    for (const method of ['POST', 'GET']) {
      const answer = await ask(path, { method, headers: { accept: 'text/html' } });
      expect([path, answer.status, await answer.text()]).toEqual([path, 503, expect.stringContaining(line)]);
    }
  expect((await ask('/slackers', { method: 'POST' })).status).toBe(404);
});

test.runIf(inject('redisUrl') !== null)(
  'a start while Redis is away waits for it, and ends when it stays away',
  async () => {
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    const port = await freePort();
    const config = readEnvironment({
      PORT: '0',
      DATABASE_URL: databaseUrl,
      ATTENDANT_DATA: folder,
      ATTENDANT_SECRET: randomUUID() + randomUUID(),
      REDIS_URL: `redis://127.0.0.1:${port}`,
    });
    await expect(startAttendant(config, { log, waitSeconds: 2 })).rejects.toThrow(
      'Redis did not answer for 2 s (REDIS_URL)',
    );

    lines.length = 0;
    const starting = startAttendant(config, { log, waitSeconds: 30 });
    await eventually(() => expect(lines.join()).toContain('waiting for a dependency at start'));
    const late = await startRedis(folder, port);
    const started = await starting;
    await started.stop();
    await late?.stop();
  },
);

test('a start ends at once where PostgreSQL answers and refuses', async () => {
  const missing = new URL(databaseUrl);
  missing.pathname = '/there_is_no_such_database';
  const config = readEnvironment({
    PORT: '0',
    DATABASE_URL: missing.href,
    ATTENDANT_SECRET: 'x'.repeat(32),
    ATTENDANT_DATA: folder,
    LOG_LEVEL: 'silent',
  });
  await expect(startAttendant(config)).rejects.toThrow('there_is_no_such_database');
});

test('a start ends with a clear line when PostgreSQL stays away', async () => {
  const config = readEnvironment({
    PORT: '0',
    DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none`,
    ATTENDANT_SECRET: 'x'.repeat(32),
    ATTENDANT_DATA: folder,
    LOG_LEVEL: 'silent',
  });
  await expect(startAttendant(config, { waitSeconds: 1 })).rejects.toThrow(
    'PostgreSQL did not answer for 1 s (DATABASE_URL): connect ECONNREFUSED',
  );
});

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
