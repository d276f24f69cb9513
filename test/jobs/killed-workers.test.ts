import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { openQueue } from '../../src/jobs/queue.js';
import { fileRecordings } from '../../src/media/file-recordings.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { eventually } from '../support/eventually.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';

/** Real workers in their own processes, which are killed without notice. */

const ann = 'account-ann';
let world: SlackCompany;
let deps: Deps;
let folder: string;
let worker: WorkerProcess | undefined;

beforeEach(async () => {
  world = await slackCompany('http', { ownDatabase: true });
  folder = await mkdtemp(join(tmpdir(), 'attendant-killed-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const queue = openQueue({ kind: 'postgres', url: world.company.databaseUrl }, () => {});
  atTheEnd(() => queue.close());
  deps = {
    ...world.deps,
    clock: { now: () => new Date() },
    tasks: queue,
    recordings: fileRecordings(join(folder, 'recordings')),
  };
});
afterEach(async () => {
  await worker?.kill();
  worker = undefined;
});

const start = () => startWorkerProcess({ database: world.company.databaseUrl, slackApi: world.slack.apiUrl, folder });
const leave = (sourceId: string) =>
  receiveVoicemail(deps, installationActor(world.company.tenantId, 'api'), {
    sourceId,
    mailbox: { extension: '101' },
    audio: wav(3),
    callerName: `Caller ${sourceId}`,
  });
const messages = () => world.slack.directOf(ann).filter(({ threadTs }) => threadTs === undefined);
const callers = () => messages().map(({ text }) => /Caller \w+/.exec(text)?.[0]);
const filesUnder = (ts: string | undefined) =>
  world.slack.workspace.messages.filter(({ threadTs }) => threadTs === ts).flatMap(({ files }) => files);

test('a worker killed between sending and recording leaves no card twice, and none is lost', {
  timeout: 90_000,
}, async () => {
  world.slack.delayAnswers('chat.postMessage', 1000, 3);
  worker = await start();
  await Promise.all(['one', 'two', 'three'].map(leave));
  await world.slack.workspace.until(() => messages().length === 3, 20_000);
  await worker.kill();
  expect(await world.company.db.posting.count()).toBe(0);

  worker = await start();
  await eventually(async () => expect(await world.company.db.posting.count({ where: { status: 'sent' } })).toBe(3), 40);
  expect(callers().sort()).toEqual(['Caller one', 'Caller three', 'Caller two']);
  const recorded = await world.company.db.posting.findMany();
  expect(recorded.map(({ ref }) => (ref as { ts: string }).ts).sort()).toEqual(
    messages()
      .map(({ ts }) => ts)
      .sort(),
  );
});

test('a worker killed while it uploads leaves the audio to the next one, which brings it once', {
  timeout: 90_000,
}, async () => {
  world.slack.delayAnswers('files.completeUploadExternal', 3000);
  worker = await start();
  await leave('one');
  await world.slack.workspace.until(() => filesUnder(messages()[0]?.ts).length === 1, 20_000);
  await worker.kill();
  expect(await world.company.db.posting.findMany()).toMatchObject([{ status: 'sent', audioThere: null }]);

  world.slack.delayAnswers('files.getUploadURLExternal', 3000);
  await leave('two');
  worker = await start();
  await world.slack.workspace.until(
    () => world.slack.workspace.calls.filter(({ method }) => method === 'files.getUploadURLExternal').length === 2,
    20_000,
  );
  await worker.kill();

  worker = await start();
  await eventually(async () => {
    expect(await world.company.db.posting.count({ where: { audioThere: { not: null }, dueAt: null } })).toBe(2);
  }, 45);
  expect(callers()).toEqual(['Caller one', 'Caller two']);
  expect(messages().map(({ ts }) => filesUnder(ts).length)).toEqual([1, 1]);
});
