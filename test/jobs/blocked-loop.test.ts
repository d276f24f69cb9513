import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { noticeDefinitions } from '../../src/core/app/notice-definitions.js';
import { installationActor } from '../../src/core/chat/actor.js';
import { asId, type NoticeId } from '../../src/core/ids.js';
import { postNotice } from '../../src/core/notices/post-notice.js';
import { LeaseLost, runLeased } from '../../src/core/tasks/lease.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import { startProgram } from '../support/served.js';

let company: Company;
let noticeId: NoticeId;
/** The cards of the blocked worker that the platform has accepted. */
let taken: number;
let platformUrl: string;

beforeEach(async () => {
  company = await testCompany();
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: 'one',
    mailbox: { extension: '101' },
    audio: wav(3),
  });
  noticeId = asId<NoticeId>((await company.db.notice.findFirstOrThrow({ where: { subjectId: id } })).id);
  taken = 0;
  // The platform accepts the card at once, and its answer waits in the blocked process's socket.
  const platform = createServer((_request, response) => {
    taken += 1;
    response.writeProcessing();
    setTimeout(() => response.end('ok'), 500);
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  platformUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  atTheEnd(async () => {
    platform.closeAllConnections();
    platform.close();
  });
});

const startHolder = () =>
  startProgram('test/support/blocked-holder.ts', [], {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: company.databaseUrl,
    NOTICE_ID: noticeId,
    PLATFORM_URL: platformUrl,
    BLOCK_SECONDS: '15',
  });

test('a card is not sent again while the worker that sends it is blocked for fifteen seconds', async () => {
  const holder = startHolder();
  await eventually(() => expect(holder.output()).toContain('"msg":"blocked"'), 30);
  const other = { ...company.deps, clock: { now: () => new Date() } };
  // A second worker receives the notice repeatedly, as from the queue and the sweep.
  while (holder.process.exitCode === null) {
    await postNotice(other, noticeDefinitions, noticeId);
    await wait(500);
  }
  expect(await holder.ended, holder.output()).toBe(0);
  expect(holder.output()).toContain('leases renewed by their own thread');
  await postNotice(other, noticeDefinitions, noticeId);
  expect([taken, company.messengers.chat?.posted.length]).toEqual([1, 0]);
  const [posting] = await company.db.posting.findMany();
  expect(posting).toMatchObject({ platform: 'chat', status: 'sent' });
}, 90_000);

test('a card of a worker that died is sent by another one, though its leases were kept', async () => {
  const holder = startHolder();
  await eventually(() => expect(holder.output()).toContain('"msg":"blocked"'), 30);
  holder.process.kill('SIGKILL');
  await holder.ended;
  const other = { ...company.deps, clock: { now: () => new Date() } };
  await eventually(async () => {
    await postNotice(other, noticeDefinitions, noticeId);
    expect(company.messengers.chat?.posted.length).toBe(1);
  }, 20);
}, 90_000);

test('a worker that was stopped past its lease asks for it anew before it sends', async () => {
  let isOurs = true;
  const sent: string[] = [];
  let clock = performance.now();
  const now = performance.now;
  performance.now = () => clock;
  try {
    const work = (name: string) =>
      runLeased(
        async () => isOurs,
        async (ensureHeld) => {
          clock += 60_000;
          await ensureHeld();
          sent.push(name);
        },
      );
    await work('still ours');
    isOurs = false;
    await expect(work('somebody else’s')).rejects.toThrow(LeaseLost);
  } finally {
    performance.now = now;
  }
  expect(sent).toEqual(['still ours']);
});
