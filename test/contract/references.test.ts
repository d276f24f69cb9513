import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';

/** Columns that name a row without a foreign key, and the reason. */
const withoutForeignKey: Readonly<Record<string, string>> = {
  'AuditLine.actorId': 'the record is sealed, and outlives what it tells of',
  'AuditLine.impersonatorId': 'the record is sealed, and outlives what it tells of',
  'AuditLine.sessionId': 'the record is sealed, and outlives what it tells of',
  'AuditLine.subjectId': 'the record is about any row',
  'DirectoryChange.userId': 'is written as well when the user is deleted',
  'ImportLine.userId': 'says who was created after a revert has removed them',
  'Member.reportId': 'is made before its report, which is written when it is full',
  'MemberList.reportId': 'is made before its report, which is written when it is full',
  'Notice.subjectId': 'a notice is about any row',
  'Notice.summaryId': 'is the subject of a notice; the notices that name it are all there is of it',
  'PeopleChange.reachedId': 'says how far a job has got among people who may be gone by then',
  'TeamsBot.appId': 'is Microsoft’s id of an app',
  'TeamsBot.entraTenantId': 'is Microsoft’s id of a tenant',
  'Voicemail.announcementId': 'is the subject of a notice; the messages that name it are all there is of it',
  'SettingOrigin.subjectId': 'the company or a person',
};

interface ForeignKey {
  readonly name: string;
  readonly table: string;
  readonly target: string;
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
  readonly validated: boolean;
}

let client: Client;
let keys: readonly ForeignKey[];
let tables: ReadonlySet<string>;
beforeAll(async () => {
  client = new Client({ connectionString: await testDatabase() });
  await client.connect();
  keys = await rows<ForeignKey>(`
    SELECT c.conname AS name, held.relname AS "table", target.relname AS target, c.convalidated AS validated,
      ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = held.oid AND a.attnum = k.number ORDER BY place) AS columns,
      ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = target.oid AND a.attnum = k.number ORDER BY place) AS "targetColumns"
    FROM pg_constraint c JOIN pg_class held ON held.oid = c.conrelid JOIN pg_class target ON target.oid = c.confrelid
    WHERE c.contype = 'f' ORDER BY c.conname`);
  const tenantOwned = await rows<{ table: string }>(`
    SELECT table_name AS "table" FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'tenantId'`);
  tables = new Set(tenantOwned.map(({ table }) => table));
});
afterAll(() => client?.end());

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await client.query<Row>(sql, values)).rows;

/** A table's company column: `tenantId`; for the company itself, its id. */
const companyOf = (table: string) => (table === 'Tenant' ? 'id' : 'tenantId');

/** Foreign keys between two tables of a company. */
const within = () =>
  keys.filter(({ table, target }) => (tables.has(table) || table === 'Tenant') && tables.has(target));

test('every foreign key between rows of companies holds the company', () => {
  expect(within().length).toBeGreaterThan(35);
  for (const { name, table, columns, targetColumns, validated } of within()) {
    expect({ name, company: columns[targetColumns.indexOf('tenantId')] }).toEqual({ name, company: companyOf(table) });
    expect({ name, validated }).toEqual({ name, validated: true });
  }
});

test('every column that names a row has a foreign key, but for those that cannot', async () => {
  const named = await rows<{ column: string }>(`
    SELECT table_name || '.' || column_name AS "column" FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'uuid' AND column_name NOT IN ('id', 'tenantId')`);
  const held = new Set(keys.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)));
  const without = named.map(({ column }) => column).filter((column) => !held.has(column));
  expect(without.sort()).toEqual(Object.keys(withoutForeignKey).sort());
});

/** Tables of few rows, whatever the size of a company: looking through all of them costs nothing. */
const smallTables = [
  'AwaitedMessage',
  'BringIn',
  'CompanyClosure',
  'ImportRun',
  'LinkRequest',
  'PeopleChange',
  // A row lives for a call.
  'PhoneMenuCall',
  'Tenant',
];

test('a person who is removed is found by an index in every large table that could name them', async () => {
  const indexes = await rows<{ table: string; columns: string[] }>(`
    SELECT held.relname AS "table", ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = held.oid AND a.attnum = k.number ORDER BY place) AS columns
    FROM pg_index i JOIN pg_class held ON held.oid = i.indrelid`);
  const isFound = ({ table, columns }: ForeignKey) => {
    const reference = columns.find((column) => column !== 'tenantId') ?? '';
    return indexes.some(
      (index) =>
        index.table === table &&
        (index.columns[0] === reference || (index.columns[0] === 'tenantId' && index.columns[1] === reference)),
    );
  };
  const toPeople = keys.filter(({ table, target }) => target === 'User' && !smallTables.includes(table));
  expect(toPeople.length).toBeGreaterThan(20);
  expect(toPeople.filter((key) => !isFound(key)).map(({ name }) => name)).toEqual([]);
});

describe('the database refuses a row that points into another company', () => {
  /** Other columns to set, because a CHECK of the table requires it. */
  const also: Readonly<Record<string, string>> = { 'Listen.linkOfId': ', "userId" = NULL' };

  test('by each of its references, and takes one into its own', async () => {
    for (const { table, target, columns } of within()) {
      const reference = columns.find((column) => column !== companyOf(table)) ?? '';
      const [here, there] = [randomUUID(), randomUUID()];
      const row = await makeRow(table, here);
      const [own, foreign] = [await makeRow(target, here), await makeRow(target, there)];
      const extra = also[`${table}.${reference}`] ?? '';
      const point = (to: string) =>
        client
          .query(`UPDATE "${table}" SET "${reference}" = $1${extra} WHERE ctid = $2 RETURNING 1`, [to, row.ctid])
          .then(({ rowCount }) => `${rowCount} changed`)
          .catch(({ code, constraint }) => `${code} ${constraint}`);
      const key = keys.find((one) => one.table === table && one.columns.includes(reference))?.name;
      expect(await point(foreign.id)).toBe(`23503 ${key}`);
      expect(`${key}: ${await point(own.id)}`).toBe(`${key}: 1 changed`);
    }
  });
});

test('nothing of a person changes that rows which refer to them wait for', async () => {
  // PostgreSQL locks a row against all rows that refer to it while a column with a plain unique index changes.
  const locking = await rows<{ column: string }>(`
    SELECT DISTINCT a.attname AS "column" FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = '"User"'::regclass AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL`);
  expect(locking.map(({ column }) => column).sort()).toEqual(['id', 'tenantId']);
});

/** Insert a row of this table with the least values it needs. Its own references are not checked meanwhile. */
async function makeRow(table: string, company: string): Promise<{ readonly id: string; readonly ctid: string }> {
  const columns = await rows<{ name: string; type: string; value: string | null }>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
      (SELECT (regexp_match(pg_get_constraintdef(c.oid), '''([^'']*)'''))[1] FROM pg_constraint c
        WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND c.conname = $2 || '_' || a.attname) AS value
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND d.oid IS NULL
       AND (a.attnotnull OR (a.attrelid = '"Listen"'::regclass AND a.attname = 'userId'))`,
    [`"${table}"`, table],
  );
  const given = new Map(columns.map(({ name, type, value }) => [name, value ?? sample(type)]));
  given.set(companyOf(table), company);
  const [names, values] = [[...given.keys()], [...given.values()]];
  await client.query('SET session_replication_role = replica');
  const [row] = await rows<{ id?: string; ctid: string }>(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${names.map((_, at) => `$${at + 1}`)})
     RETURNING *, ctid::text`,
    values,
  );
  await client.query('SET session_replication_role = origin');
  return { id: row?.id ?? '', ctid: row?.ctid ?? '' };
}

function sample(type: string): string {
  if (type === 'uuid' || type === 'text') return randomUUID();
  if (type.startsWith('timestamp') || type === 'date') return '2030-01-14T15:00:00Z';
  if (type.startsWith('json')) return '{}';
  return type === 'boolean' ? 'false' : '1';
}
