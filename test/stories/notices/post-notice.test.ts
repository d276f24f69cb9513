import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noticeDefinitions } from '../../../src/core/app/notice-definitions.js';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { asId, type NoticeId } from '../../../src/core/ids.js';
import { updateNoticeFor } from '../../../src/core/notices/notice.js';
import { claimNotice } from '../../../src/core/notices/notice.store.js';
import { postNotice } from '../../../src/core/notices/post-notice.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import type { RecordingMessenger } from '../../support/messenger.js';

let company: Company;
let chat: RecordingMessenger;
let other: RecordingMessenger;
let id: string;

beforeEach(async () => {
  company = await testCompany({ platforms: ['chat', 'other'] });
  [chat, other] = [company.messengers.chat, company.messengers.other] as [RecordingMessenger, RecordingMessenger];
  ({ id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: 'one',
    mailbox: { extension: '101' },
    audio: wav(3),
  }));
});

afterEach(() => {
  vi.useRealTimers();
});

const notice = () => company.db.notice.findFirstOrThrow({ where: { subjectId: id } });
const postings = () => company.db.posting.findMany({ orderBy: { platform: 'asc' } });
const raise = () =>
  change(company.deps, installationActor(company.tenantId, 'job'), (change) =>
    updateNoticeFor(change, { kind: 'voicemail.arrived', subjectId: id, userId: company.ann.id }),
  );
const states = (messenger: RecordingMessenger) => messenger.posted.map(({ states }) => states.length);

test('each account gets one message, however often the job runs', async () => {
  await company.work({ twice: true });
  const { id: noticeId } = await notice();
  await Promise.all([1, 2, 3].map(() => postNotice(company.deps, noticeDefinitions, asId<NoticeId>(noticeId))));
  expect([states(chat), states(other)]).toEqual([[1], [1]]);
  expect(await postings()).toMatchObject([
    { platform: 'chat', status: 'sent', shows: 1 },
    { platform: 'other', status: 'sent', shows: 1 },
  ]);
  expect(await notice()).toMatchObject({ version: 1, settled: 1, claimedAt: null });
});

test('jobs at the same moment send one message', async () => {
  const { id: noticeId } = await notice();
  await Promise.all([1, 2, 3, 4].map(() => postNotice(company.deps, noticeDefinitions, asId<NoticeId>(noticeId))));
  expect([states(chat), states(other)]).toEqual([[1], [1]]);
});

test('what changed is shown in the message that stands there', async () => {
  await company.work();
  await raise();
  await raise();
  await company.work({ twice: true });
  expect([states(chat), states(other)]).toEqual([[2], [2]]);
  expect(await notice()).toMatchObject({ version: 3, settled: 3 });
});

test('what changes while a card is on its way is shown too', async () => {
  const send = chat.send;
  chat.send = async (to, card) => {
    await raise();
    return send(to, card);
  };
  await company.work();
  expect(await notice()).toMatchObject({ version: 2, settled: 2 });
  expect([states(chat), states(other)]).toEqual([[2], [2]]);
});

test('a platform that is away delays only itself, and gets its card when it is back', async () => {
  chat.failures = 1;
  await expect(company.work()).rejects.toThrow('everywhere');
  expect([states(chat), states(other)]).toEqual([[], [1]]);
  company.clock.forward({ minutes: 1 });
  await company.work({ twice: true });
  expect([states(chat), states(other)]).toEqual([[1], [1]]);
});

test('whom a platform refuses is put on record and not tried again', async () => {
  chat.refused.add(company.ann.account.accountId);
  await company.work();
  expect(await postings()).toMatchObject([{ status: 'unreachable', why: 'left the workspace' }, { status: 'sent' }]);
  chat.refused.clear();
  await raise();
  await company.work();
  expect([states(chat), states(other)]).toEqual([[], [2]]);
});

test('an account that is linked later gets no old news', async () => {
  await company.work();
  await company.db.account.create({
    data: {
      ...company.ann.account,
      accountId: 'new',
      tenantId: company.tenantId,
      userId: company.ann.id,
      linkedBy: 'cli',
    },
  });
  await raise();
  await company.work();
  expect(states(chat)).toEqual([2]);
});

test('a platform that is switched off here is left out', async () => {
  delete (company.messengers as Record<string, RecordingMessenger>).other;
  await company.work();
  expect(states(chat)).toEqual([1]);
  expect(await notice()).toMatchObject({ settled: 1 });
});

test('what a killed holder had in hand is taken up within fifteen seconds', async () => {
  const { id } = await notice();
  expect(await claimNotice(company.db, { id, clock: company.clock })).toBeDefined();
  await company.work();
  expect(states(chat)).toEqual([]);
  company.clock.forward({ seconds: 11 });
  await company.tasks.add([{ name: 'sweep', payload: {} }]);
  await company.work({ twice: true });
  expect(states(chat)).toEqual([1]);
});

test('who lives keeps what they have in hand, however long it takes and whatever changes meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const noticeId = asId<NoticeId>((await notice()).id);
  const send = chat.send;
  chat.send = async (to, card) => {
    chat.send = send;
    for (let passed = 0; passed < 60; passed += 6) {
      const { dueAt } = await notice();
      company.clock.forward({ seconds: 3 });
      vi.advanceTimersByTime(3000);
      await eventually(async () => expect((await notice()).dueAt.getTime()).toBeGreaterThan(dueAt.getTime()));
      if (passed === 30) await raise();
      company.clock.forward({ seconds: 3 });
      await postNotice(company.deps, noticeDefinitions, noticeId); // as another worker would
    }
    expect([states(chat), states(other)]).toEqual([[], [1]]);
    return send(to, card);
  };
  await company.work();
  expect([states(chat), states(other)]).toEqual([[2], [2]]);
});
