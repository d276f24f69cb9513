import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { root } from '../root.js';

/** One folder of `prisma/migrations`. */
interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256, in hex, as Prisma reckons it. */
  readonly checksum: string;
}

/** What stands in the database's ledger of migrations. */
interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Work that SQL cannot say: done in the transaction of the migration of that name, after its statements. */
type AlongWith = Readonly<Record<string, (run: RunStatement) => Promise<void>>>;

type RunStatement = (statement: { readonly text: string; readonly values: unknown[] }) => Promise<readonly unknown[]>;

/** Prisma's own lock, so that its `migrate deploy` and ours never run side by side. */
const advisoryLock = 72_707_369;

/**
 * Brings the database to the newest schema and returns the names of the migrations that were applied now. Keeps
 * Prisma's own ledger, so that its engine agrees. Rejects, and changes nothing, when an applied migration was edited
 * or is not here; a migration that fails leaves nothing behind.
 */
export async function migrate(
  databaseUrl: string,
  {
    folder = join(root, 'prisma', 'migrations'),
    alongWith = {},
  }: { readonly folder?: string; readonly alongWith?: AlongWith } = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A connection that is lost between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const waiting = stillToApply(migrations, await readLedger(client));
    for (const migration of waiting) await apply(client, migration, alongWith[migration.name]);
    return waiting.map(({ name }) => name);
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readLedger(client: Client): Promise<Applied[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`);
  const { rows } = await client.query<Applied>(`
    SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
    FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`);
  return rows;
}

/** The migrations that the database does not have, in their order. Throws where its history is not ours. */
function stillToApply(migrations: readonly Migration[], ledger: readonly Applied[]): Migration[] {
  for (const applied of ledger) {
    const here = migrations.find(({ name }) => name === applied.name);
    if (!applied.finished) {
      throw new Error(
        `Migration ${applied.name} failed earlier and was left half done: mend it with "prisma migrate resolve".`,
      );
    }
    if (!here) {
      throw new Error(
        `The database has migration ${applied.name}, which this version of Attendant does not know: run the newer version.`,
      );
    }
    if (here.checksum !== applied.checksum) {
      throw new Error(
        `Migration ${applied.name} was edited after it had been applied: restore it and write a new one.`,
      );
    }
  }
  const done = new Set(ledger.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(
  client: Client,
  { name, sql, checksum }: Migration,
  more: AlongWith[string] | undefined,
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await more?.(async ({ text, values }) => (await client.query({ text, values })).rows);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed and was rolled back: ${(error as Error).message}`, { cause: error });
  }
}
