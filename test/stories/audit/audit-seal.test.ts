import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { genesisHash, hashOf } from '../../../src/core/audit-chain/audit-event.js';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Deps } from '../../../src/core/deps.js';
import { asId, type TenantId } from '../../../src/core/ids.js';
import { openDatabase } from '../../../src/database/database.js';
import { migrate } from '../../../src/database/migrate.js';
import { type Config, readEnvironment } from '../../../src/env.js';
import { createLog } from '../../../src/log.js';
import { migrateDatabase, openAttendant } from '../../../src/main.js';
import { root } from '../../../src/root-folder.js';
import { pastTriggers } from '../../support/audit.js';
import { atTheEnd } from '../../support/clean-up.js';
import { testDatabase } from '../../support/database.js';

const log = createLog({ level: 'silent', format: 'json' });
const tenantId = asId<TenantId>(randomUUID());
let config: Config;
let deps: Deps;

/** A database from before the keys, with a chain of three lines whose hashes are plain. */
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-seal-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const migrations = join(folder, 'migrations');
  await cp(join(root, 'prisma', 'migrations'), migrations, { recursive: true });
  for (const name of await readdir(migrations))
    if (/^\d{4}_/.test(name) && name >= '0018') await rm(join(migrations, name), { recursive: true });
  const databaseUrl = await testDatabase({ template: 'template0' });
  await migrate(databaseUrl, { folder: migrations });

  config = readEnvironment({
    DATABASE_URL: databaseUrl,
    ATTENDANT_DATA: folder,
    ATTENDANT_SECRET: 'a secret for tests, long enough for signing',
    LOG_LEVEL: 'silent',
  });
  const db = openDatabase(databaseUrl, log, { connections: 2 });
  atTheEnd(() => db.$disconnect());
  deps = { db, clock: { now: () => new Date() }, secret: config.secret, log } as Deps;
  await appendPlainLines(3);
});

async function appendPlainLines(count: number): Promise<void> {
  let previousHash = genesisHash;
  for (let seq = 1; seq <= count; seq += 1) {
    const line = {
      ...{ tenantId, seq, at: new Date('2026-01-01'), actorId: null, via: 'cli', impersonatorId: null },
      ...{ sessionId: null, reason: null, event: 'tenant.created', subjectId: null, before: null },
      ...{ after: { n: seq }, previousHash },
    };
    previousHash = hashOf(line, undefined);
    await deps.db.$executeRaw`
      INSERT INTO "AuditLine" (id, "tenantId", seq, at, via, event, after, "previousHash", hash)
      VALUES (gen_random_uuid(), ${tenantId}::uuid, ${seq}, ${line.at}, 'cli', 'tenant.created', ${{ n: seq }}::jsonb,
        ${line.previousHash}, ${previousHash})`;
  }
  await deps.db.$executeRaw`
    INSERT INTO "AuditHead" ("tenantId", seq, hash) VALUES (${tenantId}::uuid, ${count}, ${previousHash})`;
}

const append = () =>
  change(deps, installationActor(tenantId, 'cli'), async ({ record }) => record({ event: 'user.updated' }));
const start = async () => (await openAttendant(config, { log })).close();

test.each([
  ['a start', start],
  ['“attendant migrate”', () => migrateDatabase(config)],
  ['two starts at the same moment', () => Promise.all([start(), start()])],
])('a chain from before the keys is sealed once, by %s', async (_what, upgrade) => {
  await upgrade();
  const lines = await deps.db.auditLine.findMany({ orderBy: { seq: 'asc' } });
  expect(lines.map(({ event }) => event).slice(2)).toEqual(['tenant.created', 'audit.sealed']);
  expect(lines.at(-1)).toMatchObject({ via: 'job', after: { lines: 3 } });
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'whole', lines: 4 });
  await append();
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'whole', lines: 5 });
  await pastTriggers(deps.db, `UPDATE "AuditLine" SET via = 'web' WHERE seq = 1`);
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'broken', line: 1, how: 'changed' });
});

test('a chain that is put back to how it was before the keys is broken, whatever starts or is appended', async () => {
  const [before] = await deps.db.$queryRaw<{ hash: string }[]>`SELECT hash FROM "AuditHead"`;
  await start();
  await pastTriggers(
    deps.db,
    'DELETE FROM "AuditLine" WHERE seq > 3',
    `UPDATE "AuditHead" SET seq = 3, "unkeyedSeq" = 3, mac = NULL, hash = '${before?.hash}'`,
  );
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'broken', line: 4, how: 'missing' });
  await start();
  await migrateDatabase(config);
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'broken', line: 4, how: 'missing' });
  await append();
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'broken' });
});
