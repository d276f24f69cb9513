import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asId, type UserId } from '../../src/core/ids.js';
import { openChanges } from '../../src/database/change-notifications.js';
import { createLog } from '../../src/log.js';
import { testDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

const log = createLog({ level: 'silent', format: 'json' });
let url: string;
let here: ReturnType<typeof openChanges>;
let there: ReturnType<typeof openChanges>;

beforeAll(async () => {
  url = await testDatabase();
  here = openChanges(url, log);
  there = openChanges(url, log);
  // Each process starts to listen at its own time; only listening ones are notified.
  const anybody = asId<UserId>(randomUUID());
  let heard = false;
  there.subscribe(anybody, () => {
    heard = true;
  });
  await eventually(() => {
    here.publish(anybody);
    expect(heard).toBe(true);
  });
});
afterAll(async () => {
  await here.close();
  await there.close();
});

test('a change is told once, in this process and in others, to whom it concerns', async () => {
  const [ann, bo] = [asId<UserId>(randomUUID()), asId<UserId>(randomUUID())];
  const told: string[] = [];
  here.subscribe(ann, () => told.push('ann here'));
  const leave = there.subscribe(ann, () => told.push('ann there'));
  there.subscribe(bo, () => told.push('bo there'));

  here.publish(ann);
  await eventually(() => expect(told.sort()).toEqual(['ann here', 'ann there']));

  leave();
  here.publish(ann);
  here.publish(bo);
  await eventually(() => expect(told).toContain('bo there'));
  expect(told.filter((one) => one === 'ann there')).toHaveLength(1);
});

test('a process that ends at once has told the others first', async () => {
  const people = Array.from({ length: 3 }, () => asId<UserId>(randomUUID()));
  const told = new Set<UserId>();
  for (const person of people) there.subscribe(person, () => told.add(person));
  const brief = openChanges(url, log);
  for (const person of people) {
    brief.publish(person);
    // Each comes too late for the batch before.
    await wait(10);
  }
  await brief.close();
  await eventually(() => expect([...told].sort()).toEqual([...people].sort()));
});

test('after the database was away every page looks again, and hears as before', async () => {
  const ann = asId<UserId>(randomUUID());
  let told = 0;
  there.subscribe(ann, () => {
    told += 1;
  });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attendant changes' AND datname = current_database()`,
  );
  await client.end();

  await eventually(() => expect(told).toBe(1));
  await eventually(() => {
    here.publish(ann);
    expect(told).toBeGreaterThan(1);
  });
});
