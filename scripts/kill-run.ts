/**
 * Leaves voicemails while workers, PostgreSQL and Redis are killed at random, then counts the cards in Slack.
 *
 *   npx tsx scripts/kill-run.ts [VOICEMAILS=300] [SECONDS BETWEEN KILLS=1.5]
 *
 * Prints one JSON line; exits with 1 when a card or its audio is duplicated or missing.
 */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accessEnds } from '../src/core/app/access-ends.js';
import { installationActor } from '../src/core/chat/actor.js';
import type { Deps } from '../src/core/deps.js';
import { openDirectory } from '../src/core/directory/live-directory.js';
import { asId, type TenantId } from '../src/core/ids.js';
import { noLimit } from '../src/core/rate-limit.js';
import { receiveVoicemail } from '../src/core/voicemail/arrival/receive-voicemail.js';
import { copyRowsInto } from '../src/database/copy-rows.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { openQueue } from '../src/jobs/queue.js';
import { createLog } from '../src/log.js';
import { audioTools } from '../src/media/audio-tools.js';
import { fileRecordings } from '../src/media/file-recordings.js';
import { startLocalSlack } from '../test/fakes/slack/slack.js';
import { wav } from '../test/support/audio.js';
import { startRedis } from '../test/support/redis.js';
import { startWorkerProcess, type WorkerProcess } from '../test/support/worker-process.js';

const [voicemails, secondsBetweenKills] = [Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 1.5)];
const people = 20;
const workers = 2;

const folder = await mkdtemp(join(tmpdir(), 'attendant-kill-run-'));
await chmod(folder, 0o755);
const postgres = await startEmbeddedPostgres(folder);
await migrate(postgres.url);
let redis = await startRedis(folder);
if (!redis) throw new Error('needs redis-server');
const redisUrl = redis.url;
const slack = await startLocalSlack('T0KILL');
const log = createLog({ level: 'silent', format: 'json' });
const db = openDatabase(postgres.url, log);
const queue = openQueue({ kind: 'redis', url: redisUrl }, () => {});
const recordings = fileRecordings(join(folder, 'recordings'));
const audio = audioTools(recordings);
const deps: Deps = {
  accessEnds,
  db,
  copyRows: copyRowsInto(postgres.url),
  log,
  clock: { now: () => new Date() },
  tasks: queue,
  messengers: { forPlatform: () => undefined },
  memberLists: { platforms: [], forPlatform: () => undefined },
  recordings,
  providerCalls: undefined,
  audio,
  providerRecordings: undefined,
  limits: { commands: noLimit, suggestions: noLimit },
  mail: undefined,
  changes: { publish: () => {}, subscribe: () => () => {} },
  directory: openDirectory(db),
  publicUrl: 'https://attendant.example',
  secret: 'a secret for tests, long enough for signing links',
};

const tenantId = asId<TenantId>(randomUUID());
await db.tenant.create({ data: { id: tenantId, name: 'Kill & Co' } });
await db.workspace.create({ data: { tenantId, platform: 'slack', externalId: 'T0KILL' } });
for (let at = 0; at < people; at += 1) {
  const user = {
    id: randomUUID(),
    tenantId,
    username: `u${at}`,
    email: `u${at}@kill.example`,
    extension: `${200 + at}`,
  };
  const account = { platform: 'slack', externalWorkspaceId: 'T0KILL', accountId: `U${at}`, linkedBy: 'cli' };
  await db.user.create({ data: { ...user, firstName: 'U', lastName: `${at}` } });
  await db.account.create({ data: { ...account, tenantId, userId: user.id } });
  slack.workspace.addUser({ id: `U${at}` });
}

let over = false;
const kills = { worker: 0, postgres: 0, redis: 0 };
const running: (WorkerProcess | undefined)[] = [];
const keepers = Array.from({ length: workers }, (_, at) => keepRunning(at));
const killer = killAtRandom();

const began = Date.now();
await Promise.all(
  Array.from({ length: voicemails }, async (_, at) => {
    await wait((at * 60_000) / voicemails);
    for (;;) {
      try {
        const mailbox = { extension: `${200 + (at % people)}` };
        const actor = installationActor(tenantId, 'api');
        await receiveVoicemail(deps, actor, {
          sourceId: `${at}`,
          mailbox,
          audio: wav(1),
          callerName: `Caller ${at} end`,
        });
        return;
      } catch {
        await wait(500);
      }
    }
  }),
);
over = true;
await killer;
const isDone = async () =>
  (await db.posting.count({ where: { platform: 'slack', status: 'sent', dueAt: null } })) === voicemails;
for (const deadline = Date.now() + 180_000; Date.now() < deadline && !(await isDone().catch(() => false)); )
  await wait(1000);

const cards = new Map<string, string[]>();
for (const { text, ts, threadTs } of slack.workspace.messages) {
  const caller = threadTs === undefined ? /Caller (\d+) end/.exec(text)?.[1] : undefined;
  if (caller !== undefined) cards.set(caller, [...(cards.get(caller) ?? []), ts]);
}
const filesUnder = (ts: string) =>
  slack.workspace.messages.filter(({ threadTs }) => threadTs === ts).flatMap(({ files }) => files);
const all = [...cards.values()];
const result = {
  voicemails,
  kills,
  seconds: Math.round((Date.now() - began) / 1000),
  cardsTwice: all.filter(({ length }) => length > 1).length,
  cardsLost: voicemails - cards.size,
  audioTwice: all.flat().filter((ts) => filesUnder(ts).length > 1).length,
  audioLost: all.flat().filter((ts) => filesUnder(ts).length === 0).length,
  lookedFor: slack.workspace.calls.filter(({ method }) => method === 'conversations.history').length,
};
console.log(JSON.stringify(result));

await Promise.all(running.map((worker) => worker?.kill()));
await Promise.all(keepers);
await queue.close().catch(() => {});
await redis?.stop();
await db.$disconnect();
await postgres.stop();
await slack.stop();
await rm(folder, { recursive: true, force: true });
process.exit(result.cardsTwice + result.cardsLost + result.audioTwice + result.audioLost > 0 ? 1 : 0);

/** Restart a worker whenever it has died, until the run is over. */
async function keepRunning(at: number): Promise<void> {
  while (!over || running[at] === undefined) {
    if (running[at] === undefined) {
      const where = { database: postgres.url, redis: redisUrl, slackApi: slack.apiUrl, folder };
      running[at] = await startWorkerProcess(where).catch(() => undefined);
    }
    await wait(300);
  }
}

async function killAtRandom(): Promise<void> {
  while (!over) {
    await wait(secondsBetweenKills * 1000 * (0.5 + Math.random()));
    const dice = Math.random();
    if (dice < 0.7) await killWorker();
    else if (dice < 0.85) await killPostgres();
    else await killRedis();
  }
}

async function killWorker(): Promise<void> {
  const at = Math.floor(Math.random() * workers);
  const worker = running[at];
  if (!worker) return;
  kills.worker += 1;
  await worker.kill();
  running[at] = undefined;
}

async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').catch(() => '')).split(
    '\n',
  );
  if (!pid) return;
  kills.postgres += 1;
  try {
    process.kill(Number(pid), 'SIGQUIT'); // at once, as a crash: it recovers at its next start
  } catch {
    // The server is down already.
  }
}

async function killRedis(): Promise<void> {
  kills.redis += 1;
  redis?.kill();
  await redis?.stop();
  await wait(500);
  redis = await startRedis(folder, Number(new URL(redisUrl).port));
}
