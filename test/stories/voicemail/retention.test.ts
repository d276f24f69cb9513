import { beforeEach, describe, expect, test } from 'vitest';
import { answerCall, decideAfterLeg } from '../../../src/core/calls/answer-call.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listMessages } from '../../../src/core/voicemail/mailbox/message-list.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
});

let sources = 0;
async function message(to: Person = company.ann, { heard = false } = {}): Promise<VoicemailId> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `source-${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    ani: '+15145550123',
  });
  await company.work();
  if (heard) await company.db.voicemail.update({ where: { id }, data: { heardAt: company.clock.now() } });
  return id;
}

async function run(name: 'voicemail.expire' | 'voicemail.boxes'): Promise<void> {
  await company.tasks.add([{ name, payload: {} }]);
  await company.work({ twice: true });
}

const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });
const listed = async (person: Person) => (await listMessages(company.deps, person.id)).messages.map(({ id }) => id);
const cardsWith = (person: Person, text: string) =>
  company
    .cardsOf(person)
    .map(textOf)
    .filter((card) => card.includes(text));
const linesOf = async (subjectId: string, event: string) =>
  (await company.audit()).filter((line) => line.subjectId === subjectId && line.event === event);
const keep = (retentionDays: number) =>
  company.db.tenant.update({ where: { id: company.tenantId }, data: { retentionDays } });

describe('a message that is older than the company keeps messages', () => {
  test('goes with audio and transcript; the audit says why and what was removed', async () => {
    const id = await message(company.ann, { heard: true });
    await company.db.voicemail.update({ where: { id }, data: { transcript: 'secret' } });
    const recording = await company.db.recording.findFirstOrThrow({ where: { voicemails: { some: { id } } } });
    company.clock.forward({ days: 29, hours: 23 });
    await run('voicemail.expire');
    expect(await listed(company.ann)).toEqual([id]);

    company.clock.forward({ hours: 2 });
    const young = await message(company.ann, { heard: true });
    await run('voicemail.expire');
    expect(await listed(company.ann)).toEqual([young]);
    expect(await row(id)).toMatchObject({ transcript: null, recordingId: null, purgedAt: expect.any(Date) });
    await expect(company.deps.recordings.read(recording.storageKey)).rejects.toThrow();
    expect(await linesOf(id, 'voicemail.deleted')).toMatchObject([{ after: { why: 'retention' } }]);
    expect(await linesOf(id, 'voicemail.purged')).toMatchObject([
      { after: { why: 'retention', audioRemoved: true, transcriptRemoved: true } },
    ]);
    expect(cardsWith(company.ann, 'Deleted for good.')).toHaveLength(1);
  });

  test('goes although there are more of them than one change takes', async () => {
    const id = await message(company.ann, { heard: true });
    const { id: _, sourceId, recordingId, ...same } = await row(id);
    const copies = Array.from({ length: 230 }, (_, at) => ({
      ...same,
      sourceId: `${sourceId}-${at}`,
      recordingId: null,
    }));
    await company.db.voicemail.createMany({ data: copies });
    company.clock.forward({ days: 31 });
    await run('voicemail.expire');
    expect(await company.db.voicemail.count({ where: { purgedAt: null } })).toBe(0);
  });
});

describe('an unheard message', () => {
  test('is announced once, three days before; its owner hears of such messages once a day at most', async () => {
    const first = await message();
    company.clock.forward({ hours: 20 });
    await message();
    company.clock.forward({ days: 25 });
    await run('voicemail.expire');
    expect(cardsWith(company.ann, 'deleted soon')).toEqual([]);

    company.clock.forward({ hours: 5 });
    await run('voicemail.expire');
    expect(cardsWith(company.ann, 'An unheard message is deleted soon')).toEqual([
      expect.stringContaining('It is deleted on Wed, Feb 13, 10:00 am'),
    ]);
    company.clock.forward({ hours: 20 });
    await run('voicemail.expire');
    expect(cardsWith(company.ann, 'deleted soon')).toHaveLength(1);
    company.clock.forward({ hours: 5 });
    await run('voicemail.expire');
    expect(cardsWith(company.ann, 'deleted soon')).toHaveLength(2);

    // It is kept until it is thirty days old.
    company.clock.forward({ days: 2, hours: 20 });
    await run('voicemail.expire');
    expect(await listed(company.ann)).toHaveLength(2);
    company.clock.forward({ hours: 4 });
    await run('voicemail.expire');
    expect(await listed(company.ann)).not.toContain(first);
    expect(await linesOf(company.ann.id, 'voicemail.expiry-announced')).toHaveLength(2);
  });

  test('outlives a shorter retention by the three days of its announcement', async () => {
    const ids = [await message(), await message()];
    const heard = await message(company.ann, { heard: true });
    company.clock.forward({ days: 10 });
    await keep(5);
    await run('voicemail.expire');
    expect(await listed(company.ann)).toEqual(expect.arrayContaining(ids));
    expect(await listed(company.ann)).not.toContain(heard);
    expect(cardsWith(company.ann, '2 unheard messages are deleted soon')).toHaveLength(1);
    company.clock.forward({ days: 2, hours: 23 });
    await run('voicemail.expire');
    expect(await listed(company.ann)).toHaveLength(2);
    company.clock.forward({ hours: 1 });
    await run('voicemail.expire');
    expect(await listed(company.ann)).toEqual([]);
  });

  test('in a general mailbox is announced to its members', async () => {
    await company.submit(
      company.ada,
      'mailbox.member',
      { user: company.bo.id, level: 'handle' },
      { mailbox: company.box.id },
    );
    await message(company.box);
    company.clock.forward({ days: 27 });
    await run('voicemail.expire');
    expect(cardsWith(company.bo, 'deleted soon')).toEqual([expect.stringContaining('Mailbox: General Mailbox')]);
    expect(cardsWith(company.ada, 'deleted soon')).toEqual([]);
  });
});

describe('a mailbox', () => {
  const small = () => company.db.tenant.update({ where: { id: company.tenantId }, data: { maxBoxMinutes: 5 } });
  /** So long is the message, as if it were. */
  const lasts = (id: string, durationSeconds: number) =>
    company.db.voicemail.update({ where: { id }, data: { durationSeconds } });

  test('that is nearly full warns its owner once, until there was room again', async () => {
    await small();
    const id = await message();
    await lasts(id, 239);
    await run('voicemail.boxes');
    expect(cardsWith(company.ann, 'nearly full')).toEqual([]);
    await lasts(id, 240);
    await run('voicemail.boxes');
    expect(cardsWith(company.ann, 'Your mailbox is nearly full')).toEqual([
      expect.stringContaining('4 of 5 minutes are used.'),
    ]);
    expect(cardsWith(company.ada, 'nearly full')).toEqual([]);
    for (const seconds of [220, 250, 209, 240]) {
      await lasts(id, seconds);
      await run('voicemail.boxes');
      expect(cardsWith(company.ann, 'nearly full')).toHaveLength(seconds === 240 ? 2 : 1);
    }
  });

  test('that is full is told to the caller, its owner and the admins; the call is missed', async () => {
    await small();
    await lasts(await message(company.cleo), 300);
    const callId = 'call-1';
    await answerCall(company.deps, company.tenantId, { callId, ani: '+15145550123', dnis: '103', language: 'en' });
    const end = await untilItEnds(callId);
    expect(end).toMatchObject({
      action: 'announce',
      prompt: 'The mailbox of Cléo Dubois is full. Please call again later. Goodbye.',
    });
    expect(end.because.at(-1)).toContain('is full');
    await endCall(company.deps, company.tenantId, callId);
    await company.work({ twice: true });
    expect(await company.db.call.findFirst({ where: { callId } })).toMatchObject({ disposition: 'missed' });
    expect(cardsWith(company.cleo, 'Votre messagerie est pleine')).toHaveLength(1);
    expect(cardsWith(company.ada, 'The mailbox of Cléo Dubois is full')).toHaveLength(1);
    await run('voicemail.boxes');
    expect(cardsWith(company.ada, 'is full')).toHaveLength(1);
    expect(await linesOf(company.cleo.id, 'mailbox.full')).toHaveLength(1);

    // What a phone system took by itself is never dropped.
    const handedOver = await message(company.cleo);
    expect(await listed(company.cleo)).toContain(handedOver);
  });

  test('with room takes a message as long as the company allows', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { maxMessageSeconds: 45 } });
    const callId = 'call-2';
    await answerCall(company.deps, company.tenantId, { callId, ani: '+15145550123', dnis: '103', language: 'en' });
    expect(await untilItEnds(callId)).toMatchObject({ action: 'voicemail', maxSeconds: 45 });
  });

  async function untilItEnds(callId: string) {
    const { deps, tenantId } = company;
    const again = () => decideAfterLeg(deps, tenantId, { callId, disposition: 'no-answer' });
    const first = await answerCall(deps, tenantId, { callId, ani: '+15145550123', dnis: '103', language: 'en' });
    let decision = first;
    while (decision.action === 'dial') decision = await again();
    return decision;
  }
});
