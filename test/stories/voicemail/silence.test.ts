import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { isSilent } from '../../../src/media/silence.js';
import { root } from '../../../src/root-folder.js';
import { silentMp3, silentWav, wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

const receive = async (audio: Buffer) => {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension: '101' },
    audio,
    callerName: 'Silent Caller',
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
  ])('is listed with a mark, and nobody is told: %s', async (_format, audio) => {
    const message = await receive(audio());
    expect(message.mutedWhy).toBe('silence');
    expect(await notices(message.id)).toBe(0);
    const listed = textOf(await company.ask(company.ann, 'voicemail'));
    expect(listed).toMatch(/Silence · Unheard · Silent Caller|Silence · New · Silent Caller|Silence · .*Silent Caller/);
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

test.each(['gsm.wav', 'gsm-decoded-by-sox.wav', 'no-xing.mp3', 'xing.mp3', 'opus.ogg'])(
  'a recording with sound is not taken for silence: %s',
  async (name) => {
    expect(isSilent(await sample(name))).toBe(false);
  },
);

test('a click at the end of a call is no message', () => {
  const click = silentWav(5);
  for (let at = 44 + 16_000; at < 44 + 16_400; at += 2) click.writeInt16LE(20_000, at);
  expect(isSilent(click)).toBe(true);
});

test('whatever the bytes, measuring ends', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('RIFF'), Buffer.alloc(5_000, 0xff), silentMp3(2).subarray(0, 150)])
    expect(typeof isSilent(bytes)).toBe('boolean');
});
