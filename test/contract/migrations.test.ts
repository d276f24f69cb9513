import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { root } from '../../src/root.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';

let url: string;
let folder: string;
beforeEach(async () => {
  url = await testDatabase({ template: 'template0' });
  folder = await mkdtemp(join(tmpdir(), 'attendant-migrations-'));
  await cp(join(root, 'prisma', 'migrations'), folder, { recursive: true });
  const made = folder;
  atTheEnd(() => rm(made, { recursive: true, force: true }));
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('an empty database gets all of them, once, however many start at the same time', async () => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_/.test(name)).sort();
  expect(names.slice(0, 2)).toEqual(['0001_init', '0002_what_prisma_cannot_say']);
  const applied = await Promise.all([migrate(url, { folder }), migrate(url, { folder })]);
  expect(applied.flat()).toEqual(names);
  expect(await migrate(url, { folder })).toEqual([]);
  expect(await rows('SELECT migration_name, applied_steps_count FROM _prisma_migrations ORDER BY started_at')).toEqual(
    names.map((name) => ({ migration_name: name, applied_steps_count: 1 })),
  );
});

test('one that was edited after it had been applied is refused, and nothing is changed', async () => {
  await migrate(url, { folder });
  await write('0002_what_prisma_cannot_say', 'SELECT 1;');
  await write('9999_more', 'CREATE TABLE "More" (id int);');
  await expect(migrate(url, { folder })).rejects.toThrow('0002_what_prisma_cannot_say was edited');
  expect(await rows(`SELECT to_regclass('"More"') AS more`)).toEqual([{ more: null }]);
});

test('one that fails leaves nothing behind, and runs when it is mended', async () => {
  await write('9999_more', 'CREATE TABLE "More" (id int); SELECT nonsense;');
  await expect(migrate(url, { folder })).rejects.toThrow('9999_more failed and was rolled back');
  expect(await rows(`SELECT to_regclass('"More"') AS more`)).toEqual([{ more: null }]);

  await write('9999_more', 'CREATE TABLE "More" (id int);');
  expect(await migrate(url, { folder })).toEqual(['9999_more']);
});

test('a database of a newer version is refused', async () => {
  await write('9999_more', 'CREATE TABLE "More" (id int);');
  await migrate(url, { folder });
  await rm(join(folder, '9999_more'), { recursive: true });
  await expect(migrate(url, { folder })).rejects.toThrow('run the newer version');
});

test('presence moves from the people to a table of its own, and nobody who was never pushed gets any', async () => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_/.test(name)).sort();
  const later = names.slice(names.indexOf('0021_presence'));
  const kept = await mkdtemp(join(tmpdir(), 'attendant-migrations-'));
  atTheEnd(() => rm(kept, { recursive: true, force: true }));
  for (const name of later) {
    await cp(join(folder, name), join(kept, name), { recursive: true });
    await rm(join(folder, name), { recursive: true });
  }
  await migrate(url, { folder });
  await rows(`INSERT INTO "Tenant" (id, name) VALUES ('00000000-0000-7000-8000-000000000001', 'A company')`);
  await rows(`INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", presence, "presenceAt")
    SELECT ('00000000-0000-7000-8000-00000000001' || n)::uuid, '00000000-0000-7000-8000-000000000001', 'user' || n,
      n || '@a.example', 'A', 'B', CASE n WHEN 1 THEN 'busy' ELSE 'signed-out' END,
      CASE n WHEN 1 THEN '2029-01-14T14:02:00Z'::timestamptz END FROM generate_series(1, 2) n`);

  await cp(kept, folder, { recursive: true });
  await migrate(url, { folder });
  expect(await rows('SELECT "userId", "tenantId", state, at FROM "Presence"')).toEqual([
    {
      userId: '00000000-0000-7000-8000-000000000011',
      tenantId: '00000000-0000-7000-8000-000000000001',
      state: 'busy',
      at: new Date('2029-01-14T14:02:00Z'),
    },
  ]);
});
