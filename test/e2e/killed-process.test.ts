import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { botToken, signingSecret } from '../fakes/slack/slack.js';
import { buttonsOf } from '../fakes/slack/windows.js';
import type { SlackMessage } from '../fakes/slack/workspace.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

const ann = 'account-ann';
const bo = 'account-bo';
const cleo = 'account-cleo';

let world: SlackCompany;
let folder: string;
let child: ChildProcess | undefined;
let database: Client;

beforeAll(async () => {
  world = await slackCompany();
  folder = await mkdtemp(join(tmpdir(), 'attendant-killed-'));
  database = new Client({ connectionString: world.company.databaseUrl });
  await database.connect();
  atTheEnd(async () => {
    await database.end();
    await rm(folder, { recursive: true, force: true });
  });
});

afterEach(async () => {
  await database.query('ROLLBACK');
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

/** Start a complete Attendant in a process; Slack delivers to it from now on. */
async function start(): Promise<ChildProcess> {
  const port = await freePort();
  const script = join(import.meta.dirname, '..', 'support', 'serve-slack.ts');
  const started = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      DATABASE_URL: world.company.databaseUrl,
      ATTENDANT_DATA: folder,
      ATTENDANT_SECRET: 'a secret for tests, long enough for signing links',
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: world.slack.apiUrl,
    },
  });
  child = started;
  await eventually(async () => {
    expect(started.exitCode).toBeNull();
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  }, 60);
  world.slack.connect(`http://127.0.0.1:${port}/slack/events`);
  return started;
}

/** Block changes of absences and messages until `release`. */
async function hold(): Promise<{ release(): Promise<void> }> {
  await database.query('BEGIN; LOCK TABLE "OutOfOfficePeriod", "Voicemail" IN ACCESS EXCLUSIVE MODE');
  return { release: async () => void (await database.query('ROLLBACK')) };
}

const isOut = (person: 'bo' | 'cleo') =>
  world.company.db.outOfOfficePeriod.count({ where: { userId: world.company[person].id, status: 'planned' } });
const waiting = () =>
  database.query<{ n: number }>('SELECT count(*)::int AS n FROM "SeenRequest" WHERE asked IS NOT NULL');
const directText = (user: string) =>
  JSON.stringify(world.slack.directOf(user).map(({ text, blocks }) => [text, blocks]));
const goOut = (person: 'bo' | 'cleo') =>
  world.company.db.outOfOfficePeriod.create({
    data: {
      tenantId: world.company.tenantId,
      userId: world.company[person].id,
      startsAt: new Date(Date.now() - 3_600_000),
    },
  });

async function voicemailCard(): Promise<SlackMessage> {
  await receiveVoicemail(world.deps, installationActor(world.company.tenantId, 'api'), {
    sourceId: randomUUID(),
    mailbox: { userId: world.company.ann.id },
    audio: wav(3),
    ani: '+14165550142',
  });
  await world.work();
  await world.messenger.stop();
  return world.slack.workspace.until(() =>
    world.slack.directOf(ann).find((one) => buttonsOf(one).some(({ action_id }) => action_id === 'voicemail.handled')),
  );
}

test('a command, a click and a form that were acknowledged when the process was killed are finished by the next, and told', async () => {
  const card = await voicemailCard();
  await goOut('bo');
  const first = await start();
  await world.slack.slash(cleo, 'ooo');
  await world.slack.workspace.until(() => world.slack.topView(cleo));

  const held = await hold();
  expect(await world.slack.slash(bo, 'back')).toMatchObject({ status: 200 });
  expect(await world.slack.click(ann, card, 'voicemail.handled')).toMatchObject({ status: 200 });
  const until = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  expect(await world.slack.submit(cleo, { until })).toMatchObject({ body: { response_action: 'update' } });
  expect((await waiting()).rows).toEqual([{ n: 3 }]);
  first.kill('SIGKILL');
  await once(first, 'exit');
  await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  await held.release();
  expect([await isOut('bo'), await isOut('cleo')]).toEqual([1, 0]);

  await start();
  await eventually(async () => expect((await waiting()).rows).toEqual([{ n: 0 }]), 60);
  expect([await isOut('bo'), await isOut('cleo')]).toEqual([0, 1]);
  expect(directText(bo)).toContain('I was interrupted, so this answer to “back” comes late.');
  expect(directText(cleo)).toContain('I was interrupted, so this answer to “');
  expect(directText(ann)).toMatch(/“Mark handled” is done/);
  await eventually(() => expect(buttonsOf(card).map(({ action_id }) => action_id)).toContain('voicemail.reopen'));
}, 120_000);

test('a process that is asked to end answers first what it acknowledged', async () => {
  await world.company.db.outOfOfficePeriod.deleteMany();
  await goOut('bo');
  const running = await start();
  const held = await hold();
  expect(await world.slack.slash(bo, 'back')).toMatchObject({ status: 200 });
  running.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(running.exitCode).toBeNull();
  await held.release();
  expect(await once(running, 'exit')).toEqual([0, null]);
  expect(await isOut('bo')).toBe(0);
  expect(world.slack.ephemeralTo(bo).at(-1)?.text).toMatch(/back/i);
  expect((await waiting()).rows).toEqual([{ n: 0 }]);
}, 120_000);
