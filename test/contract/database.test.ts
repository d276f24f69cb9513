import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/database.js';
import { createLog } from '../../src/log.js';
import { atTheEnd } from '../support/clean-up.js';
import { testDatabase } from '../support/database.js';

test('a statement that takes too long is ended by the server, not only given up on', async () => {
  const log = createLog({ level: 'silent', format: 'json' });
  const db = openDatabase(await testDatabase(), log, { connections: 2, patienceMilliseconds: 300 });
  atTheEnd(() => db.$disconnect());
  await expect(db.$queryRaw`SELECT pg_sleep(30)::text`).rejects.toThrow('statement timeout');
  const running =
    await db.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active'
    AND pid <> pg_backend_pid()`;
  expect(running).toEqual([]);
});
