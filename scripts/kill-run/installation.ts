import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { root } from '../../src/root-folder.js';
import { botToken, type LocalSlack, signingSecret, startLocalSlack } from '../../test/fakes/slack/slack.js';
import { startTranscription, transcriptionKey } from '../../test/fakes/transcription.js';
import { freePort } from '../../test/support/ports.js';
import { startRedis } from '../../test/support/redis.js';

/** One web process, two workers, PostgreSQL, Redis and a local Slack, of which all but Slack are killed and come back. */
export interface Installation {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly webUrl: string;
  readonly folder: string;
  readonly secret: string;
  readonly slack: LocalSlack;
  readonly kills: Readonly<Record<Victim, number>>;
  /** Kill one victim at random after another, `secondsApart` on average, up to `most`; resolves once all are back. */
  killAtRandom(random: () => number, limits: { most: number; secondsApart: number }): Promise<void>;
  stop(): Promise<void>;
}

type Victim = 'web' | 'worker' | 'postgres' | 'redis';
type Role = 'web' | 'worker';

interface Running {
  readonly role: Role;
  kill(): Promise<void>;
}

const secret = 'a secret for tests, long enough for signing links';
const workers = 2;

/** Start everything in a folder of its own. */
export async function startInstallation(apiKey: string): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-kill-run-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  let redis = await startRedis(folder);
  if (!redis) throw new Error('needs redis-server');
  const redisUrl = redis.url;
  const slack = await startLocalSlack('T0KILL');
  const port = await freePort();
  const webUrl = `http://127.0.0.1:${port}`;
  slack.connect(`${webUrl}/slack/events`);
  const transcription = await startTranscription();

  const kills = { web: 0, worker: 0, postgres: 0, redis: 0 };
  let over = false;
  const slots: (Running | undefined)[] = [];
  const keepers = (['web', ...Array.from({ length: workers }, () => 'worker')] as Role[]).map(keepRunning);

  /** Restart a process whenever it has died. */
  async function keepRunning(role: Role, slot: number): Promise<void> {
    while (!over) {
      slots[slot] ??= await startProcess(role).catch(() => undefined);
      await wait(200);
    }
  }

  async function startProcess(role: Role): Promise<Running> {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/main.ts'), 'serve', '--role', role], {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: role === 'web' ? String(port) : '0',
        DATABASE_URL: postgres.url,
        REDIS_URL: redisUrl,
        ATTENDANT_DATA: folder,
        ATTENDANT_SECRET: secret,
        ATTENDANT_API_KEY: apiKey,
        SLACK_BOT_TOKEN: botToken,
        SLACK_SIGNING_SECRET: signingSecret,
        SLACK_API_URL: slack.apiUrl,
        TRANSCRIBE_URL: transcription.url,
        TRANSCRIBE_API_KEY: transcriptionKey,
        LOG_LEVEL: 'info',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    const runs = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('attendant runs')) resolve();
      });
    });
    await Promise.race([
      runs,
      exited.then(() => {
        throw new Error(`${role} ended at once`);
      }),
    ]);
    // It may also end by itself, when the database stays away for long.
    void exited.then(() => {
      const slot = slots.indexOf(running);
      if (slot >= 0) slots[slot] = undefined;
    });
    const running: Running = {
      role,
      async kill() {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        await exited;
      },
    };
    return running;
  }

  async function killProcess(role: Role, random: () => number): Promise<boolean> {
    const living = slots.filter((one): one is Running => one?.role === role);
    const victim = living[Math.floor(random() * living.length)];
    await victim?.kill();
    return victim !== undefined;
  }

  async function killPostgres(): Promise<boolean> {
    const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
    const [pid] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
    if (!pid) return false;
    try {
      process.kill(Number(pid), 'SIGQUIT'); // at once, as a crash: it recovers at its next start
      return true;
    } catch {
      return false; // It is down already.
    }
  }

  async function killRedis(): Promise<boolean> {
    redis?.kill();
    await redis?.stop();
    await wait(500);
    redis = await startRedis(folder, Number(new URL(redisUrl).port));
    return true;
  }

  async function killOne(random: () => number): Promise<void> {
    const dice = random();
    const victim: Victim = dice < 0.25 ? 'web' : dice < 0.7 ? 'worker' : dice < 0.85 ? 'postgres' : 'redis';
    const killed =
      victim === 'postgres'
        ? await killPostgres()
        : victim === 'redis'
          ? await killRedis()
          : await killProcess(victim, random);
    if (killed) kills[victim] += 1;
  }

  return {
    databaseUrl: postgres.url,
    redisUrl,
    webUrl,
    folder,
    secret,
    slack,
    kills,
    async killAtRandom(random, { most, secondsApart }) {
      const sum = () => Object.values(kills).reduce((a, b) => a + b, 0);
      while (sum() < most) {
        await wait(secondsApart * 1000 * (0.5 + random()));
        await killOne(random);
      }
    },
    async stop() {
      over = true;
      await Promise.all(keepers);
      await Promise.all(slots.map((running) => running?.kill()));
      await redis?.stop();
      await postgres.stop();
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
