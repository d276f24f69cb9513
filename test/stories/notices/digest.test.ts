import { beforeEach, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { sendDigests } from '../../../src/core/digest/digest.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import type { Prisma } from '../../../src/generated/prisma/client.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;

beforeEach(async () => {
  company = await testCompany({ ownDatabase: true, platforms: ['chat', 'mail'] });
  // Nobody has an account at their e-mail address; the messenger of e-mails is there.
  await company.db.account.deleteMany({ where: { platform: 'mail' } });
});

const own = (data: Prisma.UserUncheckedUpdateInput) => company.db.user.update({ where: { id: company.ann.id }, data });
let sources = 0;
const message = (callerName: string) =>
  receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `digest-${++sources}`,
    mailbox: { extension: '101' },
    audio: wav(4),
    callerName,
  });
async function missedCall(callerName: string): Promise<void> {
  const callId = `digest-${++sources}`;
  await answerCall(company.deps, company.tenantId, { callId, ani: '+15145550123', dnis: '+14165550101', callerName });
  await endCall(company.deps, company.tenantId, callId);
}
async function digests(): Promise<void> {
  await sendDigests(company.deps);
  await sendDigests(company.deps);
  await company.work({ twice: true });
}
const mailed = () =>
  (company.messengers.mail?.posted ?? [])
    .flatMap(({ states }) => states)
    .filter(({ title }) => /digest|résumé/i.test(title))
    .map((card) => ({ subject: card.title, text: textOf(card) }));
const rows = () => company.db.digest.findMany({ orderBy: { day: 'asc' } });

test('a daily digest comes in the morning, once, by mail and in chat, and lists what is new, open and missed', async () => {
  await own({ digest: 'daily' });
  company.clock.set('2030-01-10T15:00:00Z');
  await message('Old Caller');
  company.clock.set('2030-01-14T20:00:00Z');
  await message('New Caller');
  await missedCall('Missed Caller');
  await company.work();
  const before = company.cardsOf(company.ann).length;

  company.clock.set('2030-01-15T12:59:00Z'); // 7:59 in Toronto
  await digests();
  expect(mailed()).toEqual([]);
  company.clock.set('2030-01-15T13:00:00Z');
  await digests();
  expect(mailed()).toHaveLength(1);
  expect(mailed()[0]?.text).toMatch(/New messages: 1[\s\S]*New Caller[\s\S]*Still open: 1[\s\S]*Old Caller/);
  expect(mailed()[0]?.text).toMatch(/Missed calls: 1[\s\S]*Missed Caller/);
  expect(
    company
      .cardsOf(company.ann)
      .slice(before)
      .map((card) => textOf(card))
      .join(),
  ).toContain('New Caller');
});

test('no digest comes where nothing is new, on a day off, or to a person who wants none', async () => {
  await own({ digest: 'daily' });
  company.clock.set('2030-01-15T13:00:00Z');
  await digests();
  expect(await rows()).toMatchObject([{ status: 'empty' }]);
  await message('Friday Caller');
  company.clock.set('2030-01-19T13:00:00Z'); // Saturday
  await digests();
  expect((await rows()).at(-1)).toMatchObject({ status: 'skipped' });
  await own({ digest: 'none' });
  company.clock.set('2030-01-21T13:00:00Z');
  await digests();
  expect(mailed()).toEqual([]);
  expect(await rows()).toHaveLength(2);
});

test('the digest of a person who is out of office waits for their first morning back', async () => {
  await own({ digest: 'daily' });
  company.clock.set('2030-01-14T13:00:00Z');
  await digests();
  const startsAt = new Date('2030-01-15T05:00:00Z');
  const endsAt = new Date('2030-01-18T05:00:00Z');
  await company.db.outOfOfficePeriod.create({
    data: { tenantId: company.tenantId, userId: company.ann.id, startsAt, endsAt },
  });
  company.clock.set('2030-01-15T20:00:00Z');
  await message('Tuesday Caller');
  for (const morning of ['2030-01-16T13:00:00Z', '2030-01-17T13:00:00Z']) {
    company.clock.set(morning);
    await digests();
  }
  expect(mailed()).toEqual([]);
  expect(await rows()).toMatchObject([{ status: 'empty' }]);

  company.clock.set('2030-01-18T13:00:00Z'); // back since midnight in Toronto
  await digests();
  expect(mailed().map(({ text }) => text)).toEqual([expect.stringContaining('Tuesday Caller')]);
});

test('a weekly digest that fell into an absence comes on the day of the return, in the same week', async () => {
  await own({ digest: 'weekly' });
  await company.db.outOfOfficePeriod.create({
    data: {
      tenantId: company.tenantId,
      userId: company.ann.id,
      startsAt: new Date('2030-01-14T05:00:00Z'),
      endsAt: new Date('2030-01-16T05:00:00Z'),
    },
  });
  await message('Weekend Caller');
  company.clock.set('2030-01-15T13:00:00Z');
  await digests();
  expect(mailed()).toEqual([]);
  company.clock.set('2030-01-16T13:00:00Z');
  await digests();
  expect(mailed()).toHaveLength(1);
});

test('a digest after days off tells what came in them', async () => {
  await own({ digest: 'daily' });
  company.clock.set('2030-01-18T13:00:00Z');
  await digests();
  company.clock.set('2030-01-18T20:00:00Z');
  await message('Friday Caller');
  company.clock.set('2030-01-21T13:00:00Z'); // Monday
  await digests();
  expect(mailed()[0]?.text).toContain('Friday Caller');
});

test('a weekly digest comes on the first working day of the week, in the person’s language and zone', async () => {
  await own({ digest: 'weekly', language: 'fr', timeZone: 'Europe/Paris', chatCards: false });
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { holidays: ['2030-01-21'] } });
  company.clock.set('2030-01-18T20:00:00Z');
  await message('Appelant Connu');
  await company.work();
  for (const day of ['2030-01-21', '2030-01-22', '2030-01-23', '2030-01-24']) {
    company.clock.set(`${day}T07:00:00Z`); // 8:00 in Paris
    await digests();
  }
  expect(mailed()).toHaveLength(1);
  expect(mailed()[0]?.subject).toBe('Votre résumé');
  expect(mailed()[0]?.text).toMatch(/Appelant Connu.*21 h 00/s);
  expect(await rows()).toMatchObject([{ status: 'skipped' }, { status: 'sent' }]);
});
