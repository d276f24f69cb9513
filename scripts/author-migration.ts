/**
 * Writes the migration from the state of prisma/migrations to prisma/schema.prisma; needs no network.
 *
 *   npx tsx scripts/author-migration.ts NAME      write the next migration, `0002_NAME`
 *   npx tsx scripts/author-migration.ts --init    rewrite 0001_init, while no installation has it yet
 *   npx tsx scripts/author-migration.ts --check   exit 1 and print the difference when the two disagree
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { Client, type QueryResult, types } from 'pg';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { root } from '../src/root-folder.js';

/** Node's types do not declare WebAssembly; the browser's do. */
const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
interface Wasm {
  instantiate(code: Buffer, imports: object): Promise<{ instance: { exports: Record<string, () => void> } }>;
}

const folder = join(root, 'prisma', 'migrations');
const schemaFile = join(root, 'prisma', 'schema.prisma');
async function check(): Promise<void> {
  const difference = await differenceFrom(await migrationNames());
  if (difference === undefined) return;
  console.error('prisma/schema.prisma says more than prisma/migrations make:\n');
  console.error(difference);
  process.exitCode = 1;
}

async function writeInit(): Promise<void> {
  const sql = await differenceFrom([]);
  await write('0001_init', sql ?? '');
}

async function writeNext(name: string): Promise<void> {
  const names = await migrationNames();
  const sql = await differenceFrom(names);
  if (sql === undefined) return console.error('Nothing to migrate.');
  const last = Number.parseInt(names.at(-1) ?? '0', 10);
  await write(`${String(last + 1).padStart(4, '0')}_${name}`, sql);
}

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
  console.error(`prisma/migrations/${name}/migration.sql written.`);
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The SQL from the state of these migrations to the schema, or undefined. Computed in a temporary database. */
async function differenceFrom(names: readonly string[]): Promise<string | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined) return inOwnDatabase(given, (url) => diff(url, names));
  const scratch = await mkdtemp(join(tmpdir(), 'attendant-author-'));
  // PostgreSQL runs as another user when this runs as root.
  await chmod(scratch, 0o755);
  const server = await startEmbeddedPostgres(scratch, { fsync: 'off' });
  try {
    return await diff(server.url, names);
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Give the engine a database of its own, because it empties the database it is given. */
async function inOwnDatabase<Result>(server: string, work: (url: string) => Promise<Result>): Promise<Result> {
  const name = `attendant_author_${process.pid}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return await work(url.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  }
}

async function diff(databaseUrl: string, names: readonly string[]): Promise<string | undefined> {
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
  const adapter = new CatalogueReader({ connectionString: databaseUrl });
  const engine = await openEngine([schema.path, schema.content], bindMigrationAwareSqlAdapterFactory(adapter));
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await migrationList(names)) },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 0 ? undefined : (stdout ?? '');
}

/**
 * PostgreSQL's catalogue has columns of the one-byte type "char", which the engine needs and the adapter refuses; and
 * the adapter splits a script at every semicolon, even within a function.
 */
class CatalogueReader extends PrismaPg {
  override async connectToShadowDb() {
    const adapter = await super.connectToShadowDb();
    const pool = adapter.underlyingDriver();
    const [query, queryRaw] = [pool.query.bind(pool), adapter.queryRaw.bind(adapter)];
    let charColumns: readonly boolean[] = [];

    const asText = async (...args: Parameters<typeof query>) => {
      const result = (await query(...args)) as unknown as QueryResult;
      charColumns = result.fields.map(({ dataTypeID }) => dataTypeID === types.builtins.CHAR);
      for (const field of result.fields) {
        if (field.dataTypeID === types.builtins.CHAR) field.dataTypeID = types.builtins.TEXT;
      }
      return result;
    };
    Object.assign(pool, { query: asText });
    adapter.executeScript = async (script) => void (await query(script));
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnTypes.map((type, at) => (charColumns[at] ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

async function migrationList(names: readonly string[]): Promise<MigrationList> {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/**
 * Open Prisma's engine as WebAssembly. The package imports its `.wasm` in a way that Node 20 does not support, so this
 * loads it directly.
 */
async function openEngine(datamodel: [string, string], adapter: object): Promise<SchemaEngine> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message() {} } });
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await wasm.instantiate(await readFile(file), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return bindings.SchemaEngine.new({ datamodels: [datamodel] }, () => {}, adapter);
}

const [wanted = '--check'] = process.argv.slice(2);

if (wanted === '--check') await check();
else if (wanted === '--init') await writeInit();
else await writeNext(wanted);
