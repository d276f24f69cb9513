import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/database.js';
import { createLog } from '../../src/log.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';

test('a transaction that lasts too long writes nothing more, on nobody’s connection', async () => {
  const log = createLog({ level: 'silent', format: 'json' });
  const db = openDatabase(await testDatabase(), log, { connections: 1 });
  atTheEnd(() => db.$disconnect());
  const name = (tenant: string) => db.tenant.findFirst({ where: { name: tenant } });
  const late = db.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`INSERT INTO "Tenant" (id, name) VALUES (gen_random_uuid(), 'begun')`;
      await wait(400);
      await transaction.$executeRaw`INSERT INTO "Tenant" (id, name) VALUES (gen_random_uuid(), 'late')`;
    },
    { timeout: 100 },
  );
  await expect(late).rejects.toThrow('P2028');
  expect([await name('begun'), await name('late')]).toEqual([null, null]);
  // Within the timeout, both kinds of statements belong to one transaction.
  const undone = db.$transaction(async (transaction) => {
    await transaction.$executeRaw`INSERT INTO "Tenant" (id, name) VALUES (gen_random_uuid(), 'raw')`;
    expect(await transaction.tenant.findFirst({ where: { name: 'raw' } })).not.toBeNull();
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await name('raw')).toBeNull();
});

test('however many begin at once, beside those that Prisma begins itself, each transaction keeps to its own', async () => {
  const log = createLog({ level: 'silent', format: 'json' });
  const db = openDatabase(await testDatabase(), log, { connections: 5 });
  atTheEnd(() => db.$disconnect());
  const inOneOfOurs = (name: string) =>
    db.$transaction(async (transaction) => {
      await transaction.$executeRaw`INSERT INTO "Tenant" (id, name) VALUES (gen_random_uuid(), ${name})`;
      // No other connection sees it before the commit.
      const [raw] = await transaction.$queryRaw<{ id: string }[]>`SELECT id FROM "Tenant" WHERE name = ${name}`;
      const byModel = await transaction.tenant.findFirst({ where: { name } });
      return raw !== undefined && byModel?.id === raw.id;
    });
  const inOneOfPrisma = async (name: string) => {
    const { users } = await db.tenant.create({
      data: {
        name,
        users: { create: { username: name, email: `${name}@x.example`, firstName: name, lastName: name } },
      },
      include: { users: true },
    });
    return users.length === 1;
  };
  const all = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? inOneOfPrisma(`p${n}`) : inOneOfOurs(`o${n}`)));
  expect(await Promise.all(all)).toEqual(all.map(() => true));
  expect(await db.tenant.count()).toBe(60);
});

test('a statement that takes too long is ended by the server, not only given up on', async () => {
  const log = createLog({ level: 'silent', format: 'json' });
  const db = openDatabase(await testDatabase(), log, { connections: 2, timeoutMilliseconds: 300 });
  atTheEnd(() => db.$disconnect());
  await expect(db.$queryRaw`SELECT pg_sleep(30)::text`).rejects.toThrow('statement timeout');
  const running =
    await db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active'
    AND pid <> pg_backend_pid()`;
  expect(running).toEqual([]);
});
