import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { root } from '../root-folder.js';

/** One folder of `prisma/migrations`. */
interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 in hex, as Prisma computes it. */
  readonly checksum: string;
}

/** A row of the database's migration ledger. */
interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Code that runs in the transaction of the named migration, after its statements, for work that SQL cannot do. */
type AlongWith = Readonly<Record<string, (run: RunStatement) => Promise<void>>>;

type RunStatement = (statement: { readonly text: string; readonly values: unknown[] }) => Promise<readonly unknown[]>;

/** Prisma's own lock, so that its `migrate deploy` and ours never run at the same time. */
const advisoryLock = 72_707_369;

/**
 * Apply the missing migrations and return their names. It keeps Prisma's own ledger, so that Prisma's engine agrees.
 * Rejects without a change when an applied migration was edited or is missing here; a failing migration is rolled back.
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
  // A connection lost between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    const waiting = stillToApply(migrations, await readLedger(client));
    for (const migration of waiting) await apply(client, migration, alongWith[migration.name]);
    return waiting.map(({ name }) => name);
  } finally {
    // Closing the connection releases the lock.
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

/** The migrations that the database lacks, in order. Throws when its history is not ours. */
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
