import { beforeEach, describe, expect, test } from 'vitest';
import { findSignedIn } from '../../../src/core/calls/phone-menu/phone-menu.store.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { asId, type VoicemailId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listMessages } from '../../../src/core/voicemail/mailbox/message-list.js';
import { forwardVoicemail, requestForward } from '../../../src/core/voicemail/sharing/forward-voicemail.js';
import { keptNote } from '../../../src/core/voicemail/sharing/spoken-note.js';
import { transcribe } from '../../../src/core/voicemail/transcripts/transcribe.js';
import { openTranscriber } from '../../../src/transcription/transcriber.js';
import {
  answersText,
  answersWith,
  breaksOff,
  type LocalTranscription,
  neverAnswers,
  startTranscription,
  transcriptionKey,
} from '../../fakes/transcription.js';
import { silentMp3, silentWav, wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let service: LocalTranscription;
let company: Company;
beforeEach(async () => {
  service = await startTranscription();
  company = await companyWith(transcriptionKey);
});

let now = 0;
/** A second of the time limit takes a millisecond, and the transcriber’s clock is the story’s. */
async function companyWith(apiKey: string): Promise<Company> {
  const config = { url: service.url, apiKey, model: 'whisper-1' };
  const made = await testCompany({
    platforms: ['slack', 'teams', 'web'],
    ownDatabase: true,
    transcriber: openTranscriber(config, {
      log: { error: () => {} } as never,
      secondMilliseconds: 10,
      now: () => now,
    }),
  });
  now = made.clock.now().getTime();
  return made;
}

let sources = 0;
async function leave(to: Person = company.ann, audio = wav(3), more: { callId?: string } = {}): Promise<string> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `source-${++sources}`,
    mailbox: { userId: to.id },
    audio,
    callerName: 'Kim Caller',
    ...more,
  });
  return id;
}

async function later(minutes: number): Promise<void> {
  company.clock.forward({ minutes });
  now += minutes * 60_000;
  await sweep(company.deps);
  await company.work();
}

const cards = (person: Person, platform: string) => company.cardsOf(person, platform).map(textOf);
const transcript = async (id: string) =>
  (await company.db.voicemail.findUniqueOrThrow({ where: { id } })).transcript ?? undefined;
/** How many statements wait for a lock. */
async function waiting(): Promise<number> {
  const rows = await company.db.$queryRaw<unknown[]>`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length;
}
const rows = () => company.db.transcription.findMany();

describe('a message that a machine writes down', () => {
  test('is shown as such on the card, on each platform, in both languages and in the list', async () => {
    await company.deps.db.user.update({ where: { id: company.bo.id }, data: { language: 'fr' } });
    await leave();
    await leave(company.bo);
    await company.work({ twice: true });
    for (const platform of ['slack', 'teams', 'web']) {
      expect(cards(company.ann, platform)).toEqual([expect.stringContaining('“Please call me back.”')]);
      expect(cards(company.ann, platform).at(-1)).toContain('Transcribed by machine');
      expect(cards(company.bo, platform).at(-1)).toContain('Transcrit par une machine');
    }
    expect(textOf(await company.ask(company.ann, 'voicemail'))).toContain('Transcribed by machine');
    const found = await listMessages(company.deps, company.ann.id, { search: 'call me BACK' });
    expect(found.total).toBe(1);
    expect(service.asked.map(({ fileName }) => fileName)).toEqual(['voicemail.wav', 'voicemail.wav']);
    expect(service.asked[0]?.fields).toMatchObject({ model: 'whisper-1', response_format: 'verbose_json' });
    expect(service.asked[0]?.bytes.equals(wav(3))).toBe(true);
    expect(await rows()).toEqual([]);
    const lines = (await company.audit()).filter(({ event }) => event === 'voicemail.transcribed');
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain('call me');
  });

  test('the card of a member shows it, and a copy that was forwarded before it came gets it too', async () => {
    await company.submit(
      company.ada,
      'mailbox.member',
      { user: company.bo.id, level: 'handle' },
      { mailbox: company.box.id },
    );
    service.moods.push(answersWith(503));
    const id = await leave(company.box);
    await company.work();
    await company.submit(company.bo, 'voicemail.forward', { recipient: company.ann.id }, { voicemail: id });
    await company.work();
    expect(cards(company.ann, 'slack').at(-1)).not.toContain('Please call');
    await later(2);
    expect(cards(company.bo, 'slack').at(-1)).toContain('Please call me back.');
    expect(cards(company.ann, 'teams').at(-1)).toContain('Please call me back.');
    expect(service.asked).toHaveLength(1);
  });

  test('a copy that begins with a spoken note is written down itself, note and all', async () => {
    service.moods.push(answersWith(503));
    const id = await leave();
    await company.work();
    const spokenNote = await keptNote(company.deps, company.tenantId, wav(2));
    await company.db.user.update({ where: { id: company.ann.id }, data: { pinHash: 'any' } });
    const ann = await findSignedIn(company.db, company.tenantId, company.ann.id, company.clock.now());
    const wish = { id: asId<VoicemailId>(id), recipient: company.bo.id, note: '', spokenNote };
    expect(ann && (await requestForward(company.deps, ann.requester, wish))).toEqual({ kind: 'asked' });
    await company.work();
    const copy = () => company.db.voicemail.findFirstOrThrow({ where: { forwardOfId: id } });
    expect(await copy()).toMatchObject({ transcript: null, durationSeconds: expect.closeTo(5.7, 1) });
    await later(2);
    await later(2);
    expect((await copy()).transcript).toBe('Please call me back.');
    expect(await transcript(id)).toBe('Please call me back.');
    expect(service.asked).toHaveLength(2);
  });

  test('a copy that is made at the same moment has it too, whoever is first', async () => {
    for (const first of ['copy', 'text'] as const) {
      service.moods.push(answersWith(503));
      const id = await leave();
      await company.work();
      company.clock.forward({ minutes: 2 });
      now += 120_000;
      const { id: transcriptionId } = await company.db.transcription.findFirstOrThrow();
      await company.submit(company.ann, 'voicemail.forward', { recipient: company.bo.id }, { voicemail: id });
      const { id: forwardId } = await company.db.forward.findFirstOrThrow({ where: { voicemailId: id } });
      const text = () => transcribe(company.deps, transcriptionId);
      const copy = () => forwardVoicemail(company.deps, forwardId);
      const [one, other] = first === 'copy' ? [copy, text] : [text, copy];
      // Both update the cards of the message when their own work is done.
      let began: Promise<void>[] = [];
      await company.db.$transaction(async (db) => {
        await db.$queryRaw`SELECT FROM "Notice" WHERE "subjectId" = ${id}::uuid FOR UPDATE`;
        began = [one()];
        await eventually(async () => expect(await waiting()).toBe(1));
        began.push(other());
        await eventually(async () => expect(await waiting()).toBe(2));
      });
      await Promise.all(began);
      const copies = await company.db.voicemail.findMany({ where: { forwardOfId: id } });
      expect(copies.map(({ transcript }) => transcript)).toEqual(['Please call me back.']);
    }
  });

  test('what the caller says cannot pass for anything but text', async () => {
    service.says = { text: '\u0000<b>x</b> \u202Eevil\u202C <@U1>\u0007 [l](https://x.example)\u200B' };
    const id = await leave();
    await company.work();
    expect(await transcript(id)).toBe('<b>x</b> evil <@U1> [l](https://x.example)');
    service.says = { text: 'word '.repeat(20_000) };
    const long = await leave();
    await company.work();
    expect((await transcript(long))?.length).toBeLessThanOrEqual(15_000);
  });

  test('a model that knows plain JSON only is asked for that', async () => {
    service.plainOnly = true;
    const id = await leave();
    await company.work();
    expect(await transcript(id)).toBe('Please call me back.');
    await leave();
    await company.work();
    expect(service.requests).toBe(3);
  });
});

describe('silence becomes no sentence', () => {
  test.each([
    ['WAV, muted', () => silentWav(3), true],
    ['WAV, announced', () => silentWav(3), false],
    ['MP3, announced', () => silentMp3(300), false],
  ])('silent audio is not sent: %s', async (_, audio, muteSilentMessages) => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { muteSilentMessages } });
    const id = await leave(company.ann, audio());
    await company.work();
    expect(service.requests).toBe(0);
    expect(await transcript(id)).toBeUndefined();
    expect(await rows()).toEqual([]);
  });

  test.each([
    ['what machines write for it', { text: 'Thank you for watching!' }],
    ['labels', { text: '[BLANK_AUDIO]' }],
    ['nothing', { text: '  ' }],
    [
      'no speech',
      { text: 'I love you.', segments: [{ text: 'I love you.', no_speech_prob: 0.95, avg_logprob: -1.4 }] },
    ],
  ])('%s is left out', async (_, says) => {
    service.says = says;
    const id = await leave();
    await company.work();
    expect(service.asked).toHaveLength(1);
    expect(await transcript(id)).toBeUndefined();
    expect(cards(company.ann, 'slack').at(-1)).not.toContain('machine');
  });

  test('speech beside a silent part stays', async () => {
    service.says = {
      text: 'It is Kim. I love you.',
      segments: [
        { text: ' It is Kim.', no_speech_prob: 0.1, avg_logprob: -0.2 },
        { text: ' I love you.', no_speech_prob: 0.9, avg_logprob: -1.5 },
      ],
    };
    const id = await leave();
    await company.work();
    expect(await transcript(id)).toBe('It is Kim.');
  });
});

describe('a transcriber that fails', () => {
  test.each([
    ['is broken', answersWith(500)],
    ['has too much to do', answersWith(429)],
    ['answers nonsense', answersText('<html>')],
    ['answers without end', answersText(JSON.stringify({ text: 'x'.repeat(3_000_000) }))],
    ['breaks off', breaksOff],
    ['never answers', neverAnswers],
  ])('and %s delays no card and is asked again', async (_, mood) => {
    service.moods.push(mood);
    const id = await leave();
    await company.work();
    expect(cards(company.ann, 'slack')).toHaveLength(1);
    expect(await transcript(id)).toBeUndefined();
    await company.work();
    expect(service.requests).toBe(1);
    await later(2);
    expect(await transcript(id)).toBe('Please call me back.');
  });

  test('and wants to be left alone for a while is left alone', async () => {
    service.moods.push(answersWith(429, { 'retry-after': '300' }));
    const id = await leave();
    await company.work();
    await later(2);
    expect(service.requests).toBe(1);
    await later(4);
    expect(await transcript(id)).toBe('Please call me back.');
  });

  test.each([400, 413, 415])('a file that it refuses (%i) is not sent again', async (status) => {
    service.moods.push(answersWith(status), answersWith(status));
    await leave();
    await company.work();
    const asked = service.requests;
    await later(120);
    expect(service.requests).toBe(asked);
    expect(await rows()).toEqual([expect.objectContaining({ status: 'failed' })]);
    expect(cards(company.ann, 'slack').at(-1)).toContain('Kim Caller');
  });

  test('an outage costs few requests, and after hours the messages stay without', async () => {
    company = await companyWith('a wrong key');
    for (let n = 0; n < 12; n += 1) await leave();
    await company.work();
    expect(service.requests).toBe(5);
    expect(cards(company.ann, 'slack')).toHaveLength(12);
    await later(1);
    expect(service.requests).toBe(6);
    for (let n = 0; n < 8; n += 1) await later(60);
    expect((await rows()).every(({ status }) => status === 'failed')).toBe(true);
    expect(service.requests).toBeLessThan(30);
  });
});

describe('without a transcript', () => {
  test.each(['company', 'own'])('a closed gate (%s) sends nothing, and keeps what there is', async (whose) => {
    const before = await leave();
    await company.work();
    if (whose === 'own')
      await company.deps.db.user.update({ where: { id: company.ann.id }, data: { transcripts: false } });
    else await company.deps.db.tenant.update({ where: { id: company.tenantId }, data: { transcripts: false } });
    const after = await leave();
    await company.work();
    expect(service.requests).toBe(1);
    expect([await transcript(before), await transcript(after)]).toEqual(['Please call me back.', undefined]);
  });

  test('a gate that is closed while the message waits is heeded', async () => {
    service.moods.push(answersWith(500));
    const id = await leave();
    await company.work();
    await company.deps.db.tenant.update({ where: { id: company.tenantId }, data: { transcripts: false } });
    await later(2);
    expect(service.requests).toBe(1);
    expect(await transcript(id)).toBeUndefined();
    expect(await rows()).toEqual([]);
  });

  test('a message that is deleted meanwhile is not sent, and takes its row along', async () => {
    service.moods.push(answersWith(500));
    const id = await leave();
    await company.work();
    await company.click(company.ann, 'voicemail.delete', { voicemail: id });
    await later(2);
    expect(service.requests).toBe(1);
    await later(6);
    expect(await rows()).toEqual([]);
    expect(service.requests).toBe(1);
  });
});
