import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { root } from '../../src/root-folder.js';
import { startRedis } from './redis.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL on a running PostgreSQL. */
    serverUrl: string;
    /** The database with every migration and no rows. */
    template: string;
    /** Null: no redis-server on this machine. */
    redisUrl: string | null;
  }
}

/** Start a real PostgreSQL with a migrated template database, and a real Redis, for every test of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-test-'));
  // PostgreSQL runs as another user when the tests run as root.
  await chmod(folder, 0o755);

  const given = process.env.TEST_DATABASE_URL;
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '500' };
  const server = given ? undefined : await startEmbeddedPostgres(folder, quick);
  const serverUrl = given ?? server?.url ?? '';
  const redis = await startRedis(folder);

  leaveNothingBehind(() => {
    redis?.kill();
    if (server) killPostgres(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  project.provide('serverUrl', serverUrl);
  project.provide('template', await makeTemplate(serverUrl));
  project.provide('redisUrl', redis?.url ?? null);

  return async () => {
    await redis?.stop();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** When the run is killed nothing is torn down, so its servers must end by themselves. */
function leaveNothingBehind(endAtOnce: () => void): void {
  process.once('exit', endAtOnce);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
}

function killPostgres(folder: string): void {
  try {
    const [pid] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // It is stopped already, as usual.
  }
}

/** The name is a digest of the migrations, so that concurrent runs on one server share it. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const template = `attendant_template_${await hashOfMigrations()}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${template}_draft`);
      await client.query(`CREATE DATABASE ${template}_draft`);
      await migrate(withDatabase(serverUrl, `${template}_draft`));
      await client.query(`ALTER DATABASE ${template}_draft RENAME TO ${template}`);
    }
    return template;
  } finally {
    await client.end();
  }
}

async function hashOfMigrations(): Promise<string> {
  const folder = join(root, 'prisma', 'migrations');
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).filter((name) => !name.includes('.')).sort()) {
    hash.update(name).update(await readFile(join(folder, name, 'migration.sql')));
  }
  return hash.digest('hex').slice(0, 12);
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
