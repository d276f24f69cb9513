import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { taskDefinitions } from '../../src/core/app/task-definitions.js';
import { parseTask, type TaskDefinitions } from '../../src/core/tasks/define-task.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { type Company, testCompany } from '../support/company.js';

const definitions = Object.entries(taskDefinitions).map(([key, definition]) => ({ key, ...definition }));
const keysOf = (payload: unknown) => Object.keys((payload as z.ZodObject).shape).sort();

let company: Company;
let client: Client;
beforeAll(async () => {
  company = await testCompany();
  client = new Client({ connectionString: company.databaseUrl });
  await client.connect();
});
afterAll(() => client?.end());

test('jobs that wait in a queue while a new version is installed keep their names and ids', () => {
  expect(Object.fromEntries(definitions.map(({ name, payload }) => [name, keysOf(payload)]))).toMatchObject({
    'calls.outgoing': ['outgoingId'],
    'impersonation.end': ['sessionId'],
    'members.bring-in': ['bringInId'],
    'members.look': ['memberId'],
    'members.refresh': ['listId'],
    'notice.audio': ['noticeId'],
    'notice.post': ['noticeId'],
    'notice.rewrite': ['noticeId', 'version'],
    'notices.release': ['userId'],
    'digests.send': [],
    'recordings.sweep': [],
    'requests.finish': [],
    'bulk.forget': [],
    'requests.forget': [],
    'phone-menu.forget': [],
    'sign-ins.forget': [],
    'storage.count': [],
    sweep: [],
    'voicemail.boxes': [],
    'voicemail.expire': [],
    'voicemail.export': ['exportId'],
    'voicemail.fetch': ['awaitedId'],
    'voicemail.forward': ['forwardId'],
    'voicemail.purge': ['voicemailId'],
    'voicemail.remind': ['voicemailId'],
    'voicemail.transcribe': ['transcriptionId'],
  });
});

test('a task that the list lacks does not compile', () => {
  const { 'notice.post': _, ...others } = taskDefinitions;
  // @ts-expect-error: 'notice.post' is missing.
  const lacking: TaskDefinitions = others;
  expect(Object.keys(lacking)).toHaveLength(definitions.length - 1);
});

test('the worker adds the sweep at once and again every five seconds, and what tidies up later', () => {
  const repeated = definitions.filter(({ repeat }) => repeat);
  expect(Object.fromEntries(repeated.map(({ name, repeat }) => [name, repeat]))).toEqual({
    sweep: { firstAfterSeconds: 0, everySeconds: 5 },
    'recordings.sweep': { firstAfterSeconds: 60, everySeconds: 600 },
    'bulk.forget': { firstAfterSeconds: 120, everySeconds: 3600 },
    'requests.forget': { firstAfterSeconds: 30, everySeconds: 60 },
    'voicemail.boxes': { firstAfterSeconds: 90, everySeconds: 600 },
    'voicemail.expire': { firstAfterSeconds: 180, everySeconds: 3600 },
    'phone-menu.forget': { firstAfterSeconds: 180, everySeconds: 3600 },
    'sign-ins.forget': { firstAfterSeconds: 120, everySeconds: 3600 },
    'storage.count': { firstAfterSeconds: 120, everySeconds: 1800 },
    'digests.send': { firstAfterSeconds: 150, everySeconds: 600 },
  });
  // A timer carries no ids.
  for (const { name } of repeated) expect(parseTask(taskDefinitions, name, {})).toEqual({ name, payload: {} });
});

test.each(definitions)('$key is listed under its own name', ({ key, name }) => {
  expect(name).toBe(key);
});

test.each(definitions.filter(({ overdue }) => overdue !== null))(
  'the overdue rows of $key are payloads of it',
  async ({ overdue, payload }) => {
    const now = Prisma.sql`now()`;
    const { text, values } =
      overdue?.({ now, before: now, ago: () => now, listedPlatforms: ['slack'] }) ?? Prisma.empty;
    const { fields } = await client.query(text, [...values]);
    expect(fields.map(({ name }) => name).sort()).toEqual(keysOf(payload));
  },
);
