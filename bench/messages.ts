/**
 * The messages of a mailbox of 10,000 in a company of 1,000,000: a page with its counts, by the function behind every
 * list, against the barest SQL that gives the same rows to one connection. The goal is at most three times its time, and
 * the fiftieth page as fast as the first.
 */
import '../src/core/app/register-words.js';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import type { Deps } from '../src/core/deps.js';
import { asId, type TenantId, type UserId, type VoicemailId } from '../src/core/ids.js';
import { listMessages } from '../src/core/voicemail/mailbox/message-list.js';
import type { MessagesQuery } from '../src/core/voicemail/mailbox/message-list.types.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { createLog } from '../src/log.js';
import { alternate, cost, type Figure } from './measure.js';
import { scratchFolder } from './scratch.js';

/** `BENCH_MESSAGES` makes it smaller where time is short. */
const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const inMailbox = 10_000;
const pageSize = 20;
/** Pages of one sample. */
const pages = 10;
const runs = 5;

interface Case {
  readonly metric: string;
  readonly query: MessagesQuery;
  /** The same condition as a person would write it by hand. */
  readonly where: string;
  /** Begins after the 980th message. */
  readonly deep?: true;
}

const cases: readonly Case[] = [
  { metric: 'first-page', query: {}, where: 'true' },
  { metric: 'filtered-page', query: { handled: false }, where: '"handledAt" IS NULL' },
  { metric: 'page-50', query: {}, where: 'true', deep: true },
  {
    metric: 'search',
    query: { search: 'invoice 4711' },
    where: `transcript ILIKE '%invoice 4711%'`,
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
    const filled = performance.now();
    const userId = await fill(client, tenantId);
    say(`${messages} messages in ${Math.round((performance.now() - filled) / 1000)} s`);
    const after = await messageAt(client, tenantId, userId, 980);
    for (const { metric, query, where, deep } of cases) {
      const anchored = { ...query, pageSize, ...(deep ? { after } : {}) };
      const found = await listMessages(deps, userId, anchored);
      const samples = await alternate(
        runs,
        () => timed(() => listMessages(deps, userId, anchored)),
        () => timed(() => bare(client, { tenantId, userId }, where, deep ? after : undefined)),
      );
      const shown = ({ ours, reference }: typeof samples) => `${median(ours)} ms, bare ${median(reference)} ms`;
      say(`${metric}: ${found.total} messages, ${shown(samples)}`);
      yield cost('messages', metric, samples.ours, samples.reference);
    }
  } finally {
    await client.end();
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const median = (samples: readonly number[]): string =>
  ([...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0).toFixed(1);

/** Milliseconds for a page. */
async function timed(page: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < pages; at += 1) await page();
  return (performance.now() - start) / pages;
}

async function bare(
  client: Client,
  { tenantId, userId }: { tenantId: TenantId; userId: UserId },
  where: string,
  after: VoicemailId | undefined,
): Promise<void> {
  const of = `FROM "Voicemail" WHERE "tenantId" = '${tenantId}' AND "userId" = '${userId}' AND "deletedAt" IS NULL`;
  const beyond = after
    ? `AND ("receivedAt", id) < ((SELECT "receivedAt" FROM "Voicemail" WHERE id = '${after}'), '${after}')`
    : '';
  await client.query(`SELECT id, "callerName", ani, "receivedAt", "durationSeconds", transcript, "heardAt", "handledAt",
    "forwardedById", "claimedById" ${of} AND ${where} ${beyond} ORDER BY "receivedAt" DESC, id DESC LIMIT ${pageSize + 1}`);
  await client.query(`SELECT count(*) ${of} AND ${where}`);
  await client.query(`SELECT count(*) ${of} AND "heardAt" IS NULL`);
}

/** Adds the mailboxes of the company and their messages; returns the owner of the first mailbox. */
async function fill(client: Client, tenantId: TenantId): Promise<UserId> {
  const mailboxes = Math.max(2, messages / inMailbox);
  await client.query(
    `INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", "updatedAt")
      SELECT gen_random_uuid(), $1, 'person.' || n, 'person.' || n || '@maple.example', 'First', 'Last' || n, now()
      FROM generate_series(0, ${mailboxes - 1}) AS n`,
    [tenantId],
  );
  // Neighbouring rows belong to different mailboxes, as they arrive.
  await client.query(
    `INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", ani, "callerName", "receivedAt", "durationSeconds",
        transcript, "heardAt", "handledAt")
      SELECT gen_random_uuid(), $1, box.id, 'bench ' || n, '+1416' || (2000000 + n), 'Caller ' || n % 5003,
        now() - n * interval '20 seconds', 5 + n % 170,
        'Hello, it is caller ' || n % 5003 || ' about the invoice ' || n % 9001
          || ' of last week. Could you call me back before five, please? It is about the delivery and the price.',
        CASE WHEN n % 7 > 0 THEN now() END, CASE WHEN n % 5 > 1 THEN now() END
      FROM generate_series(1, ${messages}) AS n
      JOIN (SELECT id, row_number() OVER (ORDER BY username) - 1 AS at FROM "User" WHERE "tenantId" = $1) box
        ON box.at = n % ${mailboxes}`,
    [tenantId],
  );
  await client.query('VACUUM ANALYZE "Voicemail"');
  await client.query('ANALYZE "User"');
  const { rows } = await client.query<{ id: UserId }>(
    `SELECT id FROM "User" WHERE "tenantId" = $1 AND username = 'person.0'`,
    [tenantId],
  );
  return first(rows).id;
}

async function messageAt(client: Client, tenantId: TenantId, userId: UserId, at: number): Promise<VoicemailId> {
  const { rows } = await client.query<{ id: VoicemailId }>(
    `SELECT id FROM "Voicemail" WHERE "tenantId" = $1 AND "userId" = $2 AND "deletedAt" IS NULL
      ORDER BY "receivedAt" DESC, id DESC OFFSET ${at - 1} LIMIT 1`,
    [tenantId, userId],
  );
  return first(rows).id;
}

function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('nothing was added');
  return row;
}
