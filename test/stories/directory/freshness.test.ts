import { describe, expect, test } from 'vitest';
import { openDirectory } from '../../../src/core/directory/live-directory.js';
import type { Directory } from '../../../src/core/directory/ports.js';
import type { TenantId } from '../../../src/core/ids.js';
import { openChanges } from '../../../src/database/change-notifications.js';
import { openDatabase } from '../../../src/database/database.js';
import { createLog } from '../../../src/log.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';

const log = createLog({ level: 'error', format: 'json' });

/** A second process: its own directory over the same database. */
function replica({ databaseUrl }: Company) {
  const db = openDatabase(databaseUrl, log, { connections: 4 });
  atTheEnd(() => db.$disconnect());
  return { db, directory: openDirectory(db) };
}

const somebody = (tenantId: TenantId, firstName: string, lastName: string) => ({
  tenantId,
  firstName,
  lastName,
  username: `${firstName}.${lastName}`,
  email: `${firstName}.${lastName}@maple.example`,
});

const namesFound = async (directory: Directory, tenantId: TenantId, query: string) =>
  (await directory.search(tenantId, query, { kind: 'name' })).map(({ id }) => id);

describe('somebody who is added, renamed, hidden or gone', () => {
  test('is found, or not found, by the very next search in every process', async () => {
    const company = await testCompany();
    const { db, tenantId, bo } = company;
    const other = replica(company);
    expect(await namesFound(other.directory, tenantId, 'Quincy')).toEqual([]);

    const { id } = await db.user.create({ data: somebody(tenantId, 'Quincy', 'Fresh') });
    for (const directory of [company.deps.directory, other.directory])
      expect(await namesFound(directory, tenantId, 'quincy')).toEqual([id]);

    await db.user.update({ where: { id }, data: { aliases: ['Skipper'] } });
    expect(await namesFound(other.directory, tenantId, 'skipper')).toEqual([id]);
    await db.user.update({ where: { id }, data: { inDirectory: false } });
    expect(await namesFound(other.directory, tenantId, 'quincy')).toEqual([]);
    await db.user.update({ where: { id }, data: { inDirectory: true, access: 'none' } });
    expect(await namesFound(other.directory, tenantId, 'quincy')).toEqual([]);
    await db.user.delete({ where: { id: bo.id } });
    expect(await namesFound(other.directory, tenantId, 'bo')).toEqual([]);
  });

  test('even if the transaction began long before others that were seen', async () => {
    const company = await testCompany();
    const { db, tenantId } = company;
    const other = replica(company);
    await namesFound(other.directory, tenantId, 'anybody');

    let commit: (() => void) | undefined;
    const slow = db.$transaction(async (transaction) => {
      await transaction.user.create({ data: somebody(tenantId, 'Slow', 'Import') });
      await new Promise<void>((resolve) => {
        commit = resolve;
      });
    });
    await eventually(() => expect(commit).toBeDefined());
    await db.user.create({ data: somebody(tenantId, 'Quick', 'Form') });
    expect(await namesFound(other.directory, tenantId, 'quick')).toHaveLength(1);
    expect(await namesFound(other.directory, tenantId, 'slow')).toHaveLength(0);
    commit?.();
    await slow;
    expect(await namesFound(other.directory, tenantId, 'slow')).toHaveLength(1);
    expect(await namesFound(other.directory, tenantId, 'quick')).toHaveLength(1);
  });

  test('is unknown in every other company', async () => {
    const company = await testCompany();
    const rival = await company.db.tenant.create({ data: { name: 'Rival' } });
    await company.db.user.create({ data: somebody(rival.id as TenantId, 'Ann', 'Baker') });
    const found = await namesFound(company.deps.directory, company.tenantId, 'ann baker');
    expect(found).toEqual([company.ann.id]);
    const people = await namesFound(company.deps.directory, rival.id as TenantId, 'ann baker');
    expect(people).not.toContain(company.ann.id);
    expect(people).toHaveLength(1);
  });
});

test('other processes are told which company changed, and after a lost connection that any may have', async () => {
  const company = await testCompany();
  const { db, tenantId, bo } = company;
  const changes = openChanges(company.databaseUrl, log);
  const heard: (TenantId | undefined)[] = [];
  changes.onPeopleChanged((changed) => heard.push(changed));
  await eventually(async () => {
    await db.user.update({ where: { id: bo.id }, data: { phoneticName: `Bow ${heard.length} ${Math.random()}` } });
    expect(heard).toContain(tenantId);
  });

  await db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'attendant changes' AND datname = current_database()`;
  await eventually(async () => expect(heard).toContain(undefined));
  await changes.close();
});
