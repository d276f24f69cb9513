import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { expireVoicemails } from '../../../src/core/voicemail/retention/expire-voicemails.js';
import { isSilent } from '../../../src/media/silence.js';
import { root } from '../../../src/root-folder.js';
import { silentMp3, silentWav, wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

const receive = async (audio: Buffer, given: { readonly led?: boolean } = {}) => {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: '101' },
    audio,
    callerName: 'Silent Caller',
    ...given,
  });
  await company.work();
  return company.db.voicemail.findUniqueOrThrow({ where: { id }, select: { id: true, mutedWhy: true } });
};
const notices = (subjectId: string) => company.db.notice.count({ where: { subjectId } });
const sample = (name: string) => readFile(join(root, 'test/payloads/audio', name));

describe('a message in which nothing is to be heard', () => {
  test.each([
    ['WAV', () => silentWav(6)],
    ['MP3', () => silentMp3(300)],
    ['Opus', () => sample('silent.ogg')],
  ])('is listed with a mark, and nobody is told: %s', async (_format, audio) => {
    const message = await receive(await audio());
    expect(message.mutedWhy).toBe('silence');
    expect(await notices(message.id)).toBe(0);
    const listed = textOf(await company.ask(company.ann, 'voicemail'));
    expect(listed).toMatch(/Silence · Unheard · Silent Caller|Silence · New · Silent Caller|Silence · .*Silent Caller/);
  });

  test.each([
    ['a noise', wav(2.9)],
    ['silence', silentWav(1)],
  ])('a caller led here who leaves under three seconds of %s has hung up: listed, nobody is told', async (_, audio) => {
    const message = await receive(audio, { led: true });
    expect(message.mutedWhy).toBe('hang-up');
    expect(await notices(message.id)).toBe(0);
    expect(textOf(await company.ask(company.ann, 'voicemail'))).toMatch(/Hang-up · .*Silent Caller/);
    expect((await receive(wav(3), { led: true })).mutedWhy).toBeNull();
  });

  test('what another system took by itself is a message, however short', async () => {
    const message = await receive(wav(1));
    expect(message.mutedWhy).toBeNull();
    expect(await notices(message.id)).toBe(1);
  });

  test('is deleted without an announcement when it is too old', async () => {
    const [hangUp, spoken] = [await receive(wav(1), { led: true }), await receive(wav(4))];
    company.clock.forward({ days: 31 });
    await expireVoicemails(company.deps);
    const at = async ({ id }: { id: string }) => company.db.voicemail.findUniqueOrThrow({ where: { id } });
    expect(await at(hangUp)).toMatchObject({ announcedAt: null, expiredAt: company.clock.now() });
    expect(await at(spoken)).toMatchObject({ announcedAt: company.clock.now(), expiredAt: null });
  });

  test('is announced where the company wants it', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { muteSilentMessages: false } });
    const message = await receive(silentWav(6));
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { muteSilentMessages: true } });
    expect(message.mutedWhy).toBeNull();
    expect(await notices(message.id)).toBe(1);
  });

  test('a message that begins with seconds of silence is announced', async () => {
    const late = Buffer.concat([silentWav(6), wav(1).subarray(44)]);
    late.writeUInt32LE(late.length - 44, 40);
    late.writeUInt32LE(late.length - 8, 4);
    const message = await receive(late);
    expect(message.mutedWhy).toBeNull();
    expect(await notices(message.id)).toBe(1);
  });
});

test.each([
  'gsm.wav',
  'gsm-decoded-by-sox.wav',
  'no-xing.mp3',
  'xing.mp3',
  'opus.ogg',
  'recorded-live.webm',
  'aac.m4a',
])('a recording with sound is not taken for silence: %s', async (name) => {
  expect(await isSilent(await sample(name))).toBe(false);
});

test.each(['silent.ogg', 'quiet-line.webm'])('Opus without a voice is silence: %s', async (name) => {
  expect(await isSilent(await sample(name))).toBe(true);
});

test('a file without a packet is not taken for silence', async () => {
  const [headers, pages] = [(await sample('silent.ogg')).subarray(0, 137), await sample('silent.ogg')];
  expect(await isSilent(headers)).toBe(false);
  expect(await isSilent(pages)).toBe(true);
});

test('a click at the end of a call is no message', async () => {
  const click = silentWav(5);
  for (let at = 44 + 16_000; at < 44 + 16_400; at += 2) click.writeInt16LE(20_000, at);
  expect(await isSilent(click)).toBe(true);
});

test('whatever the bytes, measuring ends', async () => {
  const [ogg, webm] = [await sample('silent.ogg'), await sample('quiet-line.webm')];
  const broken = [ogg, webm].flatMap((bytes) => [
    bytes.subarray(0, 300),
    Buffer.from(bytes.map((byte, at) => (at > 200 && at % 7 === 0 ? byte ^ 0x5a : byte))),
  ]);
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('RIFF'),
    Buffer.from('OggS'),
    Buffer.alloc(5_000, 0xff),
    silentMp3(2).subarray(0, 150),
    ...broken,
  ])
    expect(typeof (await isSilent(bytes))).toBe('boolean');
});
