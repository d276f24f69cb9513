import { beforeEach, describe, expect, test } from 'vitest';
import { noticeDefinitions } from '../../src/core/app/notice-definitions.js';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { asId, type NoticeId } from '../../src/core/ids.js';
import type { Mail } from '../../src/core/mail/ports.js';
import { refreshMembers } from '../../src/core/members/sync/refresh-workspace-members.js';
import { postNotice } from '../../src/core/notices/post-notice.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { emailToSelf } from '../../src/core/voicemail/sharing/email-to-self.js';
import { wav } from '../support/audio.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import type { ListedPeople } from '../support/members.js';
import type { RecordingMessenger } from '../support/messenger.js';
import { sweep } from '../support/tasks.js';

let company: Company;
let voicemailId: string;
beforeEach(async () => {
  company = await testCompany({ listed: ['chat'], ownDatabase: true });
  ({ id: voicemailId } = await receiveVoicemail(withClock(0), installationActor(company.tenantId, 'api'), {
    sourceId: 'one',
    mailbox: { extension: '101' },
    audio: wav(3),
  }));
});

/** A worker whose clock is ahead of PostgreSQL's, or behind it. */
const withClock = (aheadSeconds: number): Deps => ({
  ...company.deps,
  clock: { now: () => new Date(Date.now() + aheadSeconds * 1000) },
});

/** Work that takes until the test releases it. */
function gate() {
  let open = () => {};
  let begun = 0;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => open(),
    begun: () => begun,
    async pass() {
      begun += 1;
      await opened;
    },
  };
}

describe.each([10, 60, 200, -200])('a worker whose clock is %i s ahead', (skew) => {
  test('posts no second card while the first is on its way', async () => {
    const chat = company.messengers.chat as RecordingMessenger;
    const { send } = chat;
    const slow = gate();
    chat.send = async (to, card) => {
      await slow.pass();
      return send(to, card);
    };
    const { id } = await company.db.notice.findFirstOrThrow({ where: { subjectId: voicemailId } });
    const first = postNotice(withClock(0), noticeDefinitions, asId<NoticeId>(id));
    await eventually(() => expect(slow.begun()).toBe(1));
    await postNotice(withClock(skew), noticeDefinitions, asId<NoticeId>(id));
    company.tasks.lose();
    await sweep(withClock(skew));
    expect(company.tasks.waiting.filter(({ name }) => name === 'notice.post')).toEqual([]);
    slow.open();
    await first;
    expect(slow.begun()).toBe(1);
    expect(chat.posted).toHaveLength(1);
  });

  test('sends no second mail', async () => {
    await company.click(company.ann, 'voicemail.export', { voicemail: voicemailId });
    const { id } = await company.db.export.findFirstOrThrow();
    const slow = gate();
    const mail: Mail = { send: () => slow.pass().then(() => ({ kind: 'sent' })) };
    const first = emailToSelf({ ...withClock(0), mail }, id);
    await eventually(() => expect(slow.begun()).toBe(1));
    await emailToSelf({ ...withClock(skew), mail }, id);
    slow.open();
    await first;
    expect(slow.begun()).toBe(1);
    expect(await company.db.export.findMany()).toMatchObject([{ status: 'done', attempts: 1 }]);
  });

  test('reads no list a second time', async () => {
    const list = company.lists.chat as ListedPeople;
    const { id } = await company.db.workspace.findFirstOrThrow();
    const { read } = list;
    const slow = gate();
    list.read = async (workspace, onPage) => {
      await slow.pass();
      return read(workspace, onPage);
    };
    const first = refreshMembers(withClock(0), id);
    await eventually(() => expect(slow.begun()).toBe(1));
    await refreshMembers(withClock(skew), id);
    slow.open();
    await first;
    expect(slow.begun()).toBe(1);
  });
});

test('a mail that a killed process had in hand is sent once more, and no third time when that answer is lost', async () => {
  const { db, clock, deps } = company;
  await company.click(company.ann, 'voicemail.export', { voicemail: voicemailId });
  const { id } = await db.export.findFirstOrThrow();
  // The row that a process leaves when it dies while the mail server has the mail.
  await db.export.update({
    where: { id },
    data: { claimedAt: clock.now(), dueAt: new Date(clock.now().getTime() + 90_000), attempts: 1 },
  });
  let sent = 1;
  clock.forward({ seconds: 91 });
  const lost: Mail = {
    send: async () => {
      sent += 1;
      return { kind: 'unknown', error: new Error('ETIMEDOUT') };
    },
  };
  await emailToSelf({ ...deps, mail: lost }, id);
  expect(sent).toBe(2);
  expect(await db.export.findFirst()).toMatchObject({ status: 'done', unsure: true });
});
