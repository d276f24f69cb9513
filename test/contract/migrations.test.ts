import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { root } from '../../src/root-folder.js';
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

/** Apply the migrations before this one, then `fill`, then the rest. */
async function migrateAround(migration: string, fill: () => Promise<void>): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_/.test(name)).sort();
  const kept = await mkdtemp(join(tmpdir(), 'attendant-migrations-'));
  atTheEnd(() => rm(kept, { recursive: true, force: true }));
  for (const name of names.slice(names.indexOf(migration))) {
    await cp(join(folder, name), join(kept, name), { recursive: true });
    await rm(join(folder, name), { recursive: true });
  }
  await migrate(url, { folder });
  await fill();
  await cp(kept, folder, { recursive: true });
  await migrate(url, { folder });
}

test('presence moves from the people to a table of its own, and nobody who was never pushed gets any', async () => {
  await migrateAround('0021_presence', async () => {
    await rows(`INSERT INTO "Tenant" (id, name) VALUES ('00000000-0000-7000-8000-000000000001', 'A company')`);
    await rows(`INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", presence, "presenceAt")
      SELECT ('00000000-0000-7000-8000-00000000001' || n)::uuid, '00000000-0000-7000-8000-000000000001', 'user' || n,
        n || '@a.example', 'A', 'B', CASE n WHEN 1 THEN 'busy' ELSE 'signed-out' END,
        CASE n WHEN 1 THEN '2029-01-14T14:02:00Z'::timestamptz END FROM generate_series(1, 2) n`);
  });
  expect(await rows('SELECT "userId", "tenantId", state, at FROM "Presence"')).toEqual([
    {
      userId: '00000000-0000-7000-8000-000000000011',
      tenantId: '00000000-0000-7000-8000-000000000001',
      state: 'busy',
      at: new Date('2029-01-14T14:02:00Z'),
    },
  ]);
});

describe('where rows are wrong already', () => {
  const [maple, oak] = ['a', 'b'].map((company) => `00000000-0000-7000-8000-00000000000${company}`);
  const person = (n: number) => `00000000-0000-7000-8000-00000000001${n}`;
  const message = '00000000-0000-7000-8000-000000000021';
  const fill = async () => {
    await rows(
      `INSERT INTO "Tenant" (id, name, "operatorId") VALUES ('${maple}', 'Maple', '${person(4)}'), ('${oak}', 'Oak', NULL)`,
    );
    await rows(`INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", "agentId", "createdAt", access, language,
        "defaultBackupId") VALUES
      ('${person(1)}', '${maple}', 'one', 'one@a.example', 'A', 'B', 'agent-7', '2026-02-01', 'attendant_only', 'de', '${person(4)}'),
      ('${person(2)}', '${maple}', 'two', 'two@a.example', 'A', 'B', 'agent-7', '2026-01-01', 'attendant_only', 'fr', '${person(1)}'),
      ('${person(3)}', '${maple}', 'three', 'three@a.example', 'A', 'B', '', '2026-03-01', 'none', NULL, NULL),
      ('${person(4)}', '${oak}', 'four', 'four@a.example', 'A', 'B', 'agent-7', '2026-03-01', 'none', NULL, NULL)`);
    await rows(`INSERT INTO "AuditLine" (id, "tenantId", seq, at, via, event, "subjectId", before, after, "previousHash", hash)
      SELECT gen_random_uuid(), '${maple}', seq, now(), 'cli', 'user.updated', '${person(3)}', jsonb_build_object('access', had),
        '{"access": "none"}', '', '' FROM (VALUES (1, 'attendant_only'), (2, 'attendant_with_acd')) AS line (seq, had)`);
    // A message in the mailbox of another company's person, and one of their sessions.
    await rows(`INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "receivedAt", "durationSeconds", "handledById")
      VALUES ('${message}', '${maple}', '${person(4)}', 'x', now(), 1, '${person(4)}')`);
    await rows(`INSERT INTO "WebSession" (id, "tenantId", "userId", "expiresAt") VALUES
      (gen_random_uuid(), '${maple}', '${person(4)}', now()), (gen_random_uuid(), '${maple}', '${person(1)}', now())`);
  };

  test('the oldest keeps an agent id, references into another company are emptied, and no message is lost', async () => {
    await migrateAround('0022_data_rules', fill);
    expect(
      await rows('SELECT id, "agentId", language, "defaultBackupId", "accessBefore" FROM "User" ORDER BY id'),
    ).toEqual([
      { id: person(1), agentId: null, language: null, defaultBackupId: null, accessBefore: null },
      { id: person(2), agentId: 'agent-7', language: 'fr', defaultBackupId: person(1), accessBefore: null },
      { id: person(3), agentId: null, language: null, defaultBackupId: null, accessBefore: 'attendant_with_acd' },
      { id: person(4), agentId: 'agent-7', language: null, defaultBackupId: null, accessBefore: null },
    ]);
    expect(await rows('SELECT "operatorId" FROM "Tenant"')).toEqual([{ operatorId: null }, { operatorId: null }]);
    expect(await rows('SELECT "userId" FROM "WebSession"')).toEqual([{ userId: person(1) }]);

    // The owner of the message is not known; until an admin decides, the constraint applies to new rows only.
    expect(await rows('SELECT "userId", "handledById" FROM "Voicemail"')).toEqual([
      { userId: person(4), handledById: null },
    ]);
    expect(await rows('SELECT conname FROM pg_constraint WHERE NOT convalidated')).toEqual([
      { conname: 'Voicemail_tenantId_userId_fkey' },
    ]);
    await rows(`UPDATE "Voicemail" SET "heardAt" = now() WHERE id = '${message}'`);
    const again = `INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "receivedAt", "durationSeconds")
      VALUES (gen_random_uuid(), '${maple}', '${person(4)}', 'y', now(), 1)`;
    await expect(rows(again)).rejects.toThrow('Voicemail_tenantId_userId_fkey');
  });
});
