import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../../src/core/deps.js';
import { openDirectory } from '../../../src/core/directory/live-directory.js';
import type { Directory } from '../../../src/core/directory/ports.js';
import { warmDirectory } from '../../../src/core/directory/warm-directory.js';
import type { TenantId } from '../../../src/core/ids.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
/** Companies with six people each. */
const six: TenantId[] = [];

beforeEach(async () => {
  company = await testCompany();
  six.length = 0;
  for (const name of ['First', 'Second', 'Third']) {
    const { id } = await company.db.tenant.create({ data: { name } });
    six.push(id as TenantId);
    await company.db.user.createMany({ data: Array.from({ length: 6 }, (_, at) => somebody(id, name, `No${at}`)) });
  }
});

const somebody = (tenantId: string, firstName: string, lastName: string) => ({
  tenantId,
  firstName,
  lastName,
  username: `${firstName}.${lastName}`,
  email: `${firstName}.${lastName}@maple.example`,
});

const found = async (directory: Directory, tenantId: TenantId, query: string) =>
  (await directory.search(tenantId, query, { kind: 'name' })).length;

/** The same database; `before` runs before each of its queries. */
function watched(db: Db, before: (sql: string) => Promise<void> | void): Db {
  return new Proxy(db, {
    get(target, name) {
      if (name !== '$queryRaw') return Reflect.get(target, name);
      return async (sql: TemplateStringsArray, ...values: unknown[]) => {
        await before(sql.join('?'));
        return target.$queryRaw(sql, ...values);
      };
    },
  });
}

/** A directory with room for two of the companies, and the number of companies it has read. */
function roomForTwo() {
  let companiesRead = 0;
  const db = watched(company.db, (sql) => {
    if (sql.includes('pg_snapshot_xmin(pg_current_snapshot())')) companiesRead += 1;
  });
  return { directory: openDirectory(db, { mostPeople: 13 }), read: () => companiesRead };
}

describe('a process keeps so many people, and no more', () => {
  test('whoever was not asked for longest is read anew', async () => {
    const [first, second, third] = six as [TenantId, TenantId, TenantId];
    const { directory, read } = roomForTwo();
    for (const id of [first, second, first]) expect(await found(directory, id, 'No3')).toBeGreaterThan(0);
    expect(read()).toBe(2);

    await found(directory, third, 'No3');
    expect(read()).toBe(3);
    await found(directory, first, 'No3');
    await found(directory, third, 'No3');
    expect(read()).toBe(3);
    await found(directory, second, 'No3');
    expect(read()).toBe(4);
  });

  test('a start reads no more than leaves room for those who are asked for', async () => {
    const { directory, read } = roomForTwo();
    await directory.warm(six);
    expect(read()).toBe(2);
  });

  test('a company larger than all the room can be searched all the same', async () => {
    const directory = openDirectory(company.db, { mostPeople: 2 });
    expect(await found(directory, company.tenantId, 'Bo Chen')).toBeGreaterThan(0);
  });
});

test('a question that finds too much changed is answered with what is known so far', async () => {
  const [tenantId] = six as [TenantId];
  let letGo = () => {};
  let held: Promise<void> | undefined;
  const db = watched(company.db, (sql) => (sql.includes('"DirectoryChange"') ? held : undefined));
  const directory = openDirectory(db, { timeoutMilliseconds: 20 });
  expect(await found(directory, tenantId, 'First No1')).toBeGreaterThan(0);

  await company.db.user.create({ data: somebody(tenantId, 'Zuleika', 'Dobson') });
  held = new Promise((resolve) => {
    letGo = resolve;
  });
  expect(await found(directory, tenantId, 'First No1')).toBeGreaterThan(0);
  expect(await found(directory, tenantId, 'Zuleika Dobson')).toBe(0);
  held = undefined;
  letGo();
  await expect.poll(() => found(directory, tenantId, 'Zuleika Dobson')).toBe(1);
});

describe('a start', () => {
  const slow = () => {
    let done = () => {};
    const warm = new Promise<void>((resolve) => {
      done = resolve;
    });
    const directory = { ...company.deps.directory, warm: () => warm };
    return { deps: { db: company.db, directory }, done };
  };

  test('waits until the companies are read', async () => {
    const { deps, done } = slow();
    let started = false;
    const start = warmDirectory(deps).then(() => {
      started = true;
    });
    await company.db.tenant.count();
    await new Promise(setImmediate);
    expect(started).toBe(false);
    done();
    await start;
  });

  test('waits no longer than it may', async () => {
    await warmDirectory(slow().deps, 20);
  });

  test('does without them where the database is away', async () => {
    const db = { ...company.db, tenant: { findMany: () => Promise.reject(new Error('away')) } } as unknown as Db;
    await warmDirectory({ db, directory: openDirectory(db) });
  });
});
