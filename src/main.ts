import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import type { Logger } from 'pino';
import type { Adapter } from './adapter.js';
import { type Application, compose } from './compose.js';
import { sealChains, sealMigration } from './core/audit/seal.js';
import type { Deps } from './core/deps.js';
import { warmDirectory } from './core/directory/warm-directory.js';
import { recordingCounts } from './core/recordings/recording-sweep.js';
import { startEmbeddedPostgres } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import { checkReachable, isUnreachable } from './database/reachable.js';
import { type Config, readEnvironment } from './env.js';
import { startWorker } from './jobs/worker.js';
import { createLog } from './log.js';
import { metrics } from './ops/metrics.js';
import { onNpmEnded } from './parent-process.js';
import { root } from './root.js';
import { secretOf } from './secret.js';
import { httpApp, listen } from './server.js';
import { exitOnUncaught } from './uncaught.js';
import { type AwaitedPart, waitForPart } from './wait-for-part.js';

/** `web` takes what comes in, `worker` does what waits, `all` is both in one process. */
export type Role = 'web' | 'worker' | 'all';

/** Attendant while it runs. */
export interface Attendant {
  /** Where it listens: its doors, or a worker's health; empty for a worker without `HEALTH_PORT`. Links use `PUBLIC_URL`. */
  readonly url: string;
  readonly deps: Deps;
  /** Takes nothing more, finishes what runs, closes everything. */
  stop(): Promise<void>;
}

/** The environment of this process, with `.env` beneath it. Throws `WrongEnvironment`. */
export function readConfig(options: { readonly demo?: boolean } = {}): Config {
  const file = join(root, '.env');
  if (existsSync(file)) loadEnvFile(file);
  return readEnvironment(process.env, options);
}

/** Starts Attendant: its port first, then the database and its migrations, then the doors. Rejects having undone all. */
export async function startAttendant(
  config: Config,
  {
    role = 'all',
    demo = false,
    log = createLog(config.log),
    waitSeconds = 60,
  }: { role?: Role; demo?: boolean; log?: Logger; waitSeconds?: number } = {},
): Promise<Attendant> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last();
  };
  try {
    for (const note of config.notes) log.warn({ about: note }, 'odd environment');
    const server = await openPort(config, role, log);
    if (server) undo.push(() => server.close());
    const { databaseUrl } = config;
    if (databaseUrl !== undefined) await waitForPart(postgres(databaseUrl), waitSeconds, log);
    const doorsAt = role === 'worker' ? undefined : server?.url;
    const { house, closeHouse } = await openHouse(config, log, doorsAt ?? publicUrlOf(config));
    undo.push(closeHouse);
    if (config.redisUrl !== undefined) await waitForPart(redis(house), waitSeconds, log);

    const measured = metrics({
      queueCounts: () => house.queue.counts(),
      recordingCounts: () => recordingCounts(house.deps),
      eventLoop: house.eventLoop,
    });
    if (role !== 'web') {
      const worker = startWorker(house.backend, house.deps, measured.onTask);
      undo.push(() => worker.stop());
    }
    const adapters = role === 'worker' ? [] : await house.adapters(demo);
    if (role !== 'worker') await warmDirectory(house.deps);
    const { publicUrl } = house.deps;
    const { trustedProxies } = config.http;
    server?.serve(httpApp({ log, publicUrl, trustedProxies, parts: house.parts, metrics: measured, adapters }));
    undo.push(() => stopHearing(server, adapters));
    for (const adapter of adapters) await adapter.start?.();
    const url = server?.url ?? '';
    log.info({ url, role, doors: adapters.map(({ name }) => name) }, 'attendant runs');
    return { url, deps: house.deps, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/**
 * `attendant serve`: runs until it is asked to end (SIGINT, SIGTERM), then stops cleanly; a second time ends it at once.
 * Rejects when it cannot start.
 */
export async function serve(role: Role = 'all'): Promise<void> {
  const config = readConfig();
  const log = createLog(config.log);
  const starting = startAttendant(config, { role, log });
  exitOnUncaught(log, async () => (await starting).stop());
  const attendant = await starting;
  await untilAskedToEnd();
  log.info('stopping');
  // Whatever hangs must not keep the process: the rows are safe, and the next start finds what was left.
  setTimeout(() => process.exit(1), 30_000).unref();
  await attendant.stop();
}

/**
 * Resolves at the first SIGINT or SIGTERM, or when the npm that started us has ended; the next signal ends the process
 * as it always does.
 */
export const untilAskedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    const asked = () => {
      process.off('SIGINT', asked);
      process.off('SIGTERM', asked);
      stopWatching();
      resolve();
    };
    const stopWatching = onNpmEnded(asked);
    process.on('SIGINT', asked);
    process.on('SIGTERM', asked);
  });

/** For a command beside a running server, or without one: the same house, without doors. */
export async function openAttendant(
  config: Config,
  { log = createLog(config.log) }: { log?: Logger } = {},
): Promise<{ deps: Deps; close(): Promise<void> }> {
  const { house, closeHouse } = await openHouse(config, log, publicUrlOf(config));
  return { deps: house.deps, close: closeHouse };
}

/** Brings the database of this installation to the newest schema; returns the names of what was applied. */
export async function migrateDatabase(config: Config): Promise<string[]> {
  const { url, leave } = await reachDatabase(config);
  try {
    return await migrateSealed(config, url);
  } finally {
    await leave();
  }
}

/** Migrates; audit chains from before the keys are sealed with the migration that brings them. */
const migrateSealed = (config: Config, databaseUrl: string): Promise<string[]> =>
  migrate(databaseUrl, {
    alongWith: {
      [sealMigration]: async (run) => sealChains(run, await secretOf(config), new Date()),
    },
  });

/** The address in links of a process that has no doors itself: where those of the web process are. */
const publicUrlOf = ({ http }: Config): string => http.publicUrl ?? `http://${http.host}:${http.port}`;

const postgres = (databaseUrl: string): AwaitedPart => ({
  name: 'PostgreSQL',
  variable: 'DATABASE_URL',
  check: () => checkReachable(databaseUrl),
  isAway: isUnreachable,
});

/** Its client connects by itself, again and again, and does not tell a wrong password from a server that is away. */
const redis = (house: Application): AwaitedPart => ({
  name: 'Redis',
  variable: 'REDIS_URL',
  check: () => house.parts.queue(),
  isAway: () => true,
});

/** A worker listens on `HEALTH_PORT` alone, and nowhere where that is unset: `PORT` is the web process's. */
async function openPort(
  config: Config,
  role: Role,
  log: Logger,
): Promise<Awaited<ReturnType<typeof listen>> | undefined> {
  const { host } = config.http;
  const [name, port] =
    role === 'worker' ? (['HEALTH_PORT', config.healthPort] as const) : (['PORT', config.http.port] as const);
  if (port === undefined) return undefined;
  try {
    return await listen({ host, port }, log);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
      throw new Error(`HOST: this machine has no address ${host}.`, { cause: error });
    if (code === 'EACCES')
      throw new Error(`${name}: only root may listen on ${port}; take one above 1023.`, { cause: error });
    if (code !== 'EADDRINUSE') throw error;
    const told = new Error(`Port ${port} on ${host} is in use: set ${name} to another.`, { cause: error });
    throw Object.assign(told, { code: 'EADDRINUSE' });
  }
}

async function openHouse(
  config: Config,
  log: Logger,
  publicUrl: string,
): Promise<{ house: Application; closeHouse: () => Promise<void> }> {
  const { url: databaseUrl, leave } = await reachDatabase(config);
  try {
    const applied = await migrateSealed(config, databaseUrl);
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    const house = await compose(config, { databaseUrl, publicUrl, log });
    const closeHouse = async () => {
      await house.close();
      await leave();
    };
    return { house, closeHouse };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function reachDatabase(config: Config): Promise<{ url: string; leave: () => Promise<void> }> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, leave: async () => {} };
  const { url, stop } = await startEmbeddedPostgres(config.dataFolder);
  return { url, leave: stop };
}

/** Streams end first, or the server would wait for them. */
async function stopHearing(
  server: { close(): Promise<void> } | undefined,
  adapters: readonly Adapter[],
): Promise<void> {
  const closed = server?.close();
  for (const adapter of adapters) await adapter.stop?.();
  await closed;
}
