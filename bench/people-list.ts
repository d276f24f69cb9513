/**
 * The admin's list of 100,000 people: a page with its count, by the functions behind the page in the browser, against the
 * barest SQL that gives the same rows to one connection. The goal is at most three times its time.
 */
import '../src/core/app/register-words.js';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import type { Deps } from '../src/core/deps.js';
import { asId, type TenantId, type UserId } from '../src/core/ids.js';
import { listPeople } from '../src/core/people-admin/people-list.js';
import type { PeopleFilter } from '../src/core/people-admin/people-list.types.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { createLog } from '../src/log.js';
import { alternate, cost, type Figure } from './measure.js';
import { scratchFolder } from './scratch.js';

const people = 100_000;
const pageSize = 50;
/** Pages of one sample. */
const pages = 10;
const runs = 5;

interface Case {
  readonly metric: string;
  readonly filter: PeopleFilter;
  /** Begins after the person in the middle. */
  readonly deep?: true;
  /** The same condition as a person would write it by hand. */
  readonly where: string;
}

const cases: readonly Case[] = [
  { metric: 'first-page', filter: {}, where: 'true' },
  { metric: 'middle-page', filter: {}, deep: true, where: 'true' },
  { metric: 'by-type', filter: { type: 'agent' }, deep: true, where: `"userType" = 'agent'` },
  {
    metric: 'no-backup',
    filter: { condition: 'no-backup' },
    deep: true,
    where: `"defaultBackupId" IS NULL AND access <> 'none'`,
  },
  {
    metric: 'search',
    filter: { search: 'last123' },
    where: `("directoryOrder" COLLATE "C" LIKE 'last123%' OR lower(username) LIKE 'last123%'
      OR lower(email) LIKE 'last123%')`,
  },
];

export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const db = openDatabase(postgres.url, createLog({ level: 'warn', format: 'json' }));
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const deps = { db, clock: { now: () => new Date() } } as unknown as Deps;
  try {
    const tenantId = asId<TenantId>(randomUUID());
    await db.tenant.create({ data: { id: tenantId, name: 'Large company', extensionRange: '200-899' } });
    const middle = await fill(client, tenantId);
    for (const { metric, filter, deep, where } of cases) {
      const after = deep ? middle : undefined;
      const found = await listPeople(deps, tenantId, filter, pageAfter(after));
      say(`${metric}: ${found.total} people`);
      const samples = await alternate(
        runs,
        () => timed(() => listPeople(deps, tenantId, filter, pageAfter(after))),
        () => timed(() => bare(client, tenantId, where, after)),
      );
      yield cost('people', metric, samples.ours, samples.reference);
    }
  } finally {
    await client.end();
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const pageAfter = (after: UserId | undefined) =>
  ({ sort: 'name', direction: 'up', size: pageSize, ...(after === undefined ? {} : { after }) }) as const;

/** Milliseconds for a page. */
async function timed(page: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < pages; at += 1) await page();
  return (performance.now() - start) / pages;
}

async function bare(client: Client, tenantId: TenantId, where: string, after: UserId | undefined): Promise<void> {
  const beyond = after
    ? `AND ("directoryOrder" COLLATE "C", id) > ((SELECT "directoryOrder" COLLATE "C" FROM "User" WHERE id = '${after}'), '${after}')`
    : '';
  const of = `FROM "User" WHERE "tenantId" = '${tenantId}' AND ${where}`;
  await client.query(`SELECT id, "firstName", "lastName", username, email, title, team, "userType", access, role,
    extension, did ${of} ${beyond} ORDER BY "directoryOrder" COLLATE "C", id LIMIT ${pageSize + 1}`);
  await client.query(`SELECT count(*) ${of}`);
}

/** Adds the people; returns the one in the middle of the list. */
async function fill(client: Client, tenantId: TenantId): Promise<UserId> {
  await client.query(
    `INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", title, "userType", access, extension, "updatedAt")
      SELECT gen_random_uuid(), $1, 'person.' || n, 'person.' || n || '@maple.example', 'First' || n % 997,
        'Last' || n % 4999, 'Team ' || n % 50, CASE WHEN n % 4 = 0 THEN 'agent' ELSE 'business' END,
        CASE WHEN n % 4 = 0 THEN 'attendant_with_acd' ELSE 'attendant_only' END, (1000000 + n)::text, now()
      FROM generate_series(1, ${people}) AS n`,
    [tenantId],
  );
  await client.query('ANALYZE "User"');
  const { rows } = await client.query<{ id: UserId }>(
    `SELECT id FROM "User" WHERE "tenantId" = $1 ORDER BY "directoryOrder" COLLATE "C", id OFFSET ${people / 2} LIMIT 1`,
    [tenantId],
  );
  const [row] = rows;
  if (!row) throw new Error('nobody was added');
  return row.id;
}
