import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import type { Logger } from 'pino';
import type { Adapter } from './adapter.js';
import { type Application, compose } from './compose.js';
import { sealChains, sealMigration } from './core/audit/seal-chain.js';
import type { Deps } from './core/deps.js';
import { warmDirectory } from './core/directory/warm-directory.js';
import { recordingCounts } from './core/recordings/recording-sweep.js';
import { overduePurges } from './core/voicemail/retention/purge-voicemail.js';
import { transcriptionCounts } from './core/voicemail/transcripts/transcribe.js';
import { checkReachable, isUnreachable } from './database/check-reachable.js';
import { startEmbeddedPostgres } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import { type Config, readEnvironment } from './env.js';
import { exitOnUncaught } from './exit-on-uncaught.js';
import { startWorker } from './jobs/worker.js';
import { createLog } from './log.js';
import { createMetrics } from './ops/metrics.js';
import { onNpmEnded } from './parent-process.js';
import { root } from './root-folder.js';
import { secretOf } from './secret.js';
import { httpApp, listen } from './server.js';
import { sweepTemporaryFiles } from './temporary-files.js';
import { type AwaitedDependency, waitForDependency } from './wait-for-dependency.js';

/** `web` serves requests, `worker` runs jobs, `all` does both in one process. */
export type Role = 'web' | 'worker' | 'all';

/** A running Attendant. */
export interface Attendant {
  /**
   * The address on which it listens, for requests or for a worker's health checks; empty for a worker without
   * `HEALTH_PORT`. Links use `PUBLIC_URL`.
   */
  readonly url: string;
  readonly deps: Deps;
  /** Accept nothing more, finish what runs, close everything. */
  stop(): Promise<void>;
}

/** Read the environment of this process, with `.env` as defaults. Throws `InvalidEnvironment`. */
export function readConfig(options: { readonly demo?: boolean } = {}): Config {
  const file = join(root, '.env');
  if (existsSync(file)) loadEnvFile(file);
  return readEnvironment(process.env, options);
}

/**
 * Start Attendant: first the port, then the database and its migrations, then the adapters. A rejection has undone
 * everything.
 */
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
    undo.push(sweepTemporaryFiles(log));
    const server = await openPort(config, role, log);
    if (server) undo.push(() => server.close());
    const { databaseUrl } = config;
    if (databaseUrl !== undefined) await waitForDependency(postgres(databaseUrl), waitSeconds, log);
    const listeningAt = role === 'worker' ? undefined : server?.url;
    const publicUrl = config.http.publicUrl ?? listeningAt ?? publicUrlOf(config);
    const { application, closeApplication } = await openApplication(config, log, { publicUrl, listeningAt });
    undo.push(closeApplication);
    if (config.redisUrl !== undefined) await waitForDependency(redis(application), waitSeconds, log);

    const measured = createMetrics({
      queueCounts: () => application.queue.counts(),
      recordingCounts: () => recordingCounts(application.deps),
      overduePurges: () => overduePurges(application.deps),
      transcriptionCounts: () => transcriptionCounts(application.deps),
      eventLoop: application.eventLoop,
    });
    if (role !== 'web') {
      const worker = startWorker(application.backend, application.deps, measured.onTask);
      undo.push(() => worker.stop());
    }
    const adapters = role === 'worker' ? [] : await application.adapters(demo);
    if (role !== 'worker') await warmDirectory(application.deps);
    const { trustedProxies } = config.http;
    server?.serve(httpApp({ log, publicUrl, trustedProxies, parts: application.parts, metrics: measured, adapters }));
    undo.push(() => stopAdapters(server, adapters));
    for (const adapter of adapters) await adapter.start?.();
    const url = server?.url ?? '';
    log.info({ url, publicUrl, role, adapters: adapters.map(({ name }) => name) }, 'attendant runs');
    return { url, deps: application.deps, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/**
 * `attendant serve`: run until SIGINT or SIGTERM, then stop cleanly; a second signal ends the process at once. Rejects
 * when it cannot start.
 */
export async function serve(role: Role = 'all'): Promise<void> {
  const config = readConfig();
  const log = createLog(config.log);
  // A supervisor that reads “attendant runs” may send the signal before the next line is executed.
  const asked = shutdownSignal();
  const starting = startAttendant(config, { role, log });
  exitOnUncaught(log, async () => (await starting).stop());
  const attendant = await Promise.race([starting, asked]);
  // Nobody was answered yet, and a start may wait a minute for its database.
  if (!attendant) process.exit(0);
  await asked;
  log.info('stopping');
  // A part that hangs must not keep the process: the rows are saved, and the next start continues.
  setTimeout(() => process.exit(1), 30_000).unref();
  await attendant.stop();
}

/**
 * Resolve at the first SIGINT or SIGTERM, or when the npm that started us has ended. The next signal ends the process
 * by its default action.
 */
export const shutdownSignal = (): Promise<void> =>
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

/** Open the application without adapters, for a command, with or without a running server. */
export async function openAttendant(
  config: Config,
  { log = createLog(config.log) }: { log?: Logger } = {},
): Promise<{ deps: Deps; close(): Promise<void> }> {
  const { application, closeApplication } = await openApplication(config, log, {
    publicUrl: publicUrlOf(config),
    listeningAt: undefined,
  });
  return { deps: application.deps, close: closeApplication };
}

/** Migrate the database of this installation to the newest schema; returns the names of the applied migrations. */
export async function migrateDatabase(config: Config): Promise<string[]> {
  const { url, leave } = await reachDatabase(config);
  try {
    return await migrateSealed(config, url);
  } finally {
    await leave();
  }
}

/** Migrate. The migration that adds keys to the audit chain also seals the older chains. */
const migrateSealed = (config: Config, databaseUrl: string): Promise<string[]> =>
  migrate(databaseUrl, {
    alongWith: {
      [sealMigration]: async (run) => sealChains(run, await secretOf(config), new Date()),
    },
  });

/** The address in links of a process without adapters: that of the web process. */
const publicUrlOf = ({ http }: Config): string => http.publicUrl ?? `http://${http.host}:${http.port}`;

const postgres = (databaseUrl: string): AwaitedDependency => ({
  name: 'PostgreSQL',
  variable: 'DATABASE_URL',
  check: () => checkReachable(databaseUrl),
  isAway: isUnreachable,
});

/** The client reconnects by itself, and does not tell a wrong password from an unavailable server. */
const redis = (application: Application): AwaitedDependency => ({
  name: 'Redis',
  variable: 'REDIS_URL',
  check: () => application.parts.queue(),
  isAway: () => true,
});

/** A worker listens only on `HEALTH_PORT`, or nowhere; `PORT` is the web process's. */
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

async function openApplication(
  config: Config,
  log: Logger,
  addresses: { readonly publicUrl: string; readonly listeningAt: string | undefined },
): Promise<{ application: Application; closeApplication: () => Promise<void> }> {
  const { url: databaseUrl, leave } = await reachDatabase(config);
  try {
    const applied = await migrateSealed(config, databaseUrl);
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    const application = await compose(config, { databaseUrl, ...addresses, log });
    const closeApplication = async () => {
      await application.close();
      await leave();
    };
    return { application, closeApplication };
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

/** Close live streams first, because the server would wait for them. */
async function stopAdapters(
  server: { close(): Promise<void> } | undefined,
  adapters: readonly Adapter[],
): Promise<void> {
  const closed = server?.close();
  for (const adapter of adapters) await adapter.stop?.();
  await closed;
}
