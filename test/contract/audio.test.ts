import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recordings } from '../../src/core/recordings/ports.js';
import { type AudioTools, headBytes } from '../../src/core/voicemail/ports.js';
import { audioTools } from '../../src/media/audio-tools.js';
import { toPlainWav } from '../../src/media/convert-wav.js';
import { decodeGsm } from '../../src/media/gsm-decoder.js';
import { root } from '../../src/root-folder.js';
import { wav } from '../support/audio.js';
import { testRecordings } from '../support/recordings.js';

const sample = (name: string): Promise<Buffer> => readFile(join(root, 'test', 'payloads', 'audio', name));

let folder: string;
let recordings: Recordings;
let tools: AudioTools & { close(): Promise<void> };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attendant-audio-'));
  recordings = await testRecordings();
  tools = audioTools(recordings, { deadlineMilliseconds: 10_000 });
});
afterAll(async () => {
  await tools.close();
  await rm(folder, { recursive: true });
});

/** Probe audio as when it has arrived: a file, of which the first bytes are known. */
async function probe(bytes: Buffer): ReturnType<AudioTools['probe']> {
  const path = join(folder, randomUUID());
  await writeFile(path, bytes);
  return tools.probe({ path, bytes: bytes.length, head: bytes.subarray(0, headBytes) });
}

const chunk = (name: string, body: Buffer, size = body.length): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body]);
};
const riff = (...chunks: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk('RIFF', body);
};
const format = (codec: number, bits: number, { channels = 1, rate = 8000, more = Buffer.alloc(0) } = {}): Buffer => {
  const body = Buffer.alloc(16);
  body.writeUInt16LE(codec, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE((rate * channels * bits) / 8, 8);
  body.writeUInt16LE((channels * bits) / 8, 12);
  body.writeUInt16LE(bits, 14);
  return chunk('fmt ', Buffer.concat([body, more]));
};
/** Five seconds of 8,000 samples per second of 16 bits. */
const sound = wav(5).subarray(44);
const withSize = (bytes: Buffer, at: number, size: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt32LE(size, at);
  return changed;
};

describe('a WAV whose header lies is as long as the sound that is there', () => {
  const extensible = Buffer.alloc(24);
  extensible.writeUInt16LE(22, 0);
  extensible.writeUInt16LE(16, 2);
  extensible.writeUInt16LE(1, 8);
  test.each<[string, Buffer]>([
    ['its data size is 0', withSize(wav(5), 40, 0)],
    ['its data size is that of a stream', withSize(wav(5), 40, 0xffffffff)],
    ['its data size is beyond the end', withSize(wav(5), 40, 0x7fffffff)],
    ['its RIFF size is 0', withSize(wav(5), 4, 0)],
    [
      'a list is shorter than it says, by its padding',
      riff(format(1, 16), chunk('LIST', Buffer.from('INFOx\0'), 5), chunk('data', sound)),
    ],
    [
      'a list says that it is longer than the file',
      riff(format(1, 16), chunk('LIST', Buffer.from('INFO'), 0x7fffffff), chunk('data', sound)),
    ],
    [
      'a list says that it is as long as the sound',
      riff(format(1, 16), chunk('LIST', Buffer.from('INFO'), 4000), chunk('data', sound)),
    ],
    [
      'a list before its format says too much',
      riff(chunk('LIST', Buffer.from('INFO'), 4000), format(1, 16), chunk('data', sound)),
    ],
    ['an odd chunk has no padding', riff(format(1, 16), chunk('note', Buffer.from('odd')), chunk('data', sound))],
    ['an odd chunk has its padding', riff(format(1, 16), chunk('note', Buffer.from('odd\0'), 3), chunk('data', sound))],
    ['its format is extensible', riff(format(0xfffe, 16, { more: extensible }), chunk('data', sound))],
    [
      'something stands behind the sound',
      riff(format(1, 16), chunk('data', sound), chunk('LIST', Buffer.from('INFOdata'))),
    ],
    ['it is cut within a sample', riff(format(1, 16), chunk('data', Buffer.concat([sound, Buffer.from([1])]), 90_000))],
  ])('although %s', async (_how, bytes) => {
    expect(await probe(bytes)).toEqual({ mimeType: 'audio/wav', ending: 'wav', durationSeconds: 5 });
    expect(Buffer.from(toPlainWav(bytes) ?? [])).toEqual(wav(5));
  });

  test.each<[string, Buffer]>([
    [
      'no sample, and a list behind',
      riff(format(1, 16), chunk('data', Buffer.alloc(0)), chunk('LIST', Buffer.from('INFO'))),
    ],
    ['no data', riff(format(1, 16))],
    ['no format', riff(chunk('data', sound))],
    ['a rate of nothing', riff(format(1, 16, { rate: 0 }), chunk('data', sound))],
    ['no channels', riff(format(1, 16, { channels: 0 }), chunk('data', sound))],
    ['a million chunks', riff(format(1, 16), ...Array.from({ length: 200 }, () => chunk('null', Buffer.alloc(0))))],
  ])('is refused with %s', async (_what, bytes) => {
    expect(await probe(bytes)).toBeUndefined();
  });
});

describe('what is taken is played', () => {
  test.each<[string, Buffer]>([
    ['8 bits', riff(format(1, 8), chunk('data', Buffer.alloc(8000, 128)))],
    ['24 bits', riff(format(1, 24), chunk('data', Buffer.alloc(24_000)))],
    ['32 bits', riff(format(1, 32), chunk('data', Buffer.alloc(32_000)))],
    ['floating points', riff(format(3, 32), chunk('data', Buffer.alloc(32_000)))],
    ['long floating points', riff(format(3, 64), chunk('data', Buffer.alloc(64_000)))],
    ['A-law', riff(format(6, 8), chunk('data', Buffer.alloc(8000, 0xd5)))],
    ['µ-law', riff(format(7, 8), chunk('data', Buffer.alloc(8000, 0xff)))],
    ['six channels', riff(format(1, 16, { channels: 6 }), chunk('data', Buffer.alloc(96_000)))],
  ])('a WAV of %s becomes PCM of 16 bits', async (what, kept) => {
    const storageKey = `company/${createHash('sha256').update(what).digest('hex')}.wav`;
    await recordings.put(storageKey, [kept], 'audio/wav');
    expect(await probe(kept)).toMatchObject({ durationSeconds: 1 });
    const { content, mimeType } = await tools.playable({ storageKey, mimeType: 'audio/wav' });
    expect(mimeType).toBe('audio/wav');
    expect(content.subarray(0, 44)).toEqual(wav(1).subarray(0, 44));
    for (let at = 44; at < content.length; at += 2) expect(Math.abs(content.readInt16LE(at))).toBeLessThan(9);
  });

  test('GSM 06.10, as Asterisk writes it, is decoded as by libgsm', async () => {
    const kept = await sample('gsm.wav');
    await recordings.put('company/gsm.wav', [kept], 'audio/wav');
    const { content } = await tools.playable({ storageKey: 'company/gsm.wav', mimeType: 'audio/wav' });
    const decoded = (await sample('gsm-decoded-by-sox.wav')).subarray(44);
    expect(content.subarray(44, 44 + decoded.length)).toEqual(decoded);
    expect(content.readUInt16LE(20)).toBe(1);

    // Bytes that no encoder writes reach every code and every overflow. The digest is that of sox 14.4.2's output.
    const odd = Uint8Array.from({ length: 65 * 40 }, (_, at) => at * at * 7 + at * 11);
    const samples = Buffer.from(decodeGsm(odd).buffer);
    expect(createHash('sha256').update(samples).digest('hex')).toBe(
      '7f35bde04de6616b48b27f608d45edc29482d7ea6dd4a0de3aefb8daaa05deff',
    );
  });

  test.each([
    ['xing.mp3', 'audio/mpeg'],
    ['no-xing.mp3', 'audio/mpeg'],
    ['opus.ogg', 'audio/ogg'],
    ['aac.m4a', 'audio/mp4'],
    ['recorded-live.webm', 'audio/webm'],
  ])('%s is taken with its length, and cut off it is as long as what is left', async (name, mimeType) => {
    const bytes = await sample(name);
    const whole = await probe(bytes);
    expect(whole?.mimeType).toBe(mimeType);
    expect(whole?.durationSeconds).toBeGreaterThan(0.9);
    expect(whole?.durationSeconds).toBeLessThan(1.3);
    const half = await probe(bytes.subarray(0, Math.ceil(bytes.length * 0.8)));
    expect(half?.durationSeconds ?? 0).toBeLessThan(whole?.durationSeconds ?? 0);
    if (mimeType !== 'audio/ogg') expect(half?.durationSeconds).toBeGreaterThan(0.3);
  });

  test.each(['speex.ogg', 'alac.m4a', 'pcm.aiff', 'adpcm.wav', 'video.webm', 'aac.adts'])(
    '%s plays not everywhere, so it is refused',
    async (name) => {
      expect(await probe(await sample(name))).toBeUndefined();
    },
  );
});

describe('conversions', () => {
  const muLaw = riff(format(7, 8), chunk('data', Buffer.alloc(8000, 0xff)));
  const counted = () => {
    const reads: string[] = [];
    const counting = audioTools({ ...recordings, read: (key) => recordings.read(key).finally(() => reads.push(key)) });
    return { reads, counting };
  };

  test('of one file are done once for all who ask, at once and soon after', async () => {
    const { reads, counting } = counted();
    await recordings.put('company/once.wav', [muLaw], 'audio/wav');
    const ask = () => counting.playable({ storageKey: 'company/once.wav', mimeType: 'audio/wav' });
    const all = await Promise.all(Array.from({ length: 10 }, ask));
    expect(new Set([...all, await ask()]).size).toBe(1);
    expect(reads).toHaveLength(1);
    await counting.close();
  });

  test('of a missing file reject as missing, each time anew', async () => {
    const gone = { storageKey: 'company/gone.wav', mimeType: 'audio/wav' };
    await expect(tools.playable(gone)).rejects.toMatchObject({ name: 'RecordingMissing' });
    await recordings.put(gone.storageKey, [muLaw], 'audio/wav');
    expect((await tools.playable(gone)).content).toHaveLength(44 + 16_000);
  });

  test('are not needed for plain WAV, which is known by its header, and looked at once', async () => {
    const { reads, counting } = counted();
    const ask = (storageKey: string, kept: Buffer, mimeType = 'audio/wav') =>
      counting.playsAsKept({ storageKey, mimeType, bytes: kept.length });
    const odd: readonly Buffer[] = [
      muLaw,
      withSize(wav(5), 40, 0),
      withSize(wav(5), 4, 0),
      withSize(wav(5), 24, 1),
      wav(5).subarray(0, 44),
      wav(5).subarray(0, 1001),
      wav(5).subarray(0, 20),
    ];
    await recordings.put('company/known.wav', [wav(5)], 'audio/wav');
    for (let times = 0; times < 5; times += 1) expect(await ask('company/known.wav', wav(5))).toBe(true);
    expect(reads).toHaveLength(1);
    for (const [n, kept] of odd.entries()) {
      await recordings.put(`company/odd-${n}.wav`, [kept], 'audio/wav');
      expect(await ask(`company/odd-${n}.wav`, kept), String(n)).toBe(false);
    }
    expect(await ask('company/never.mp3', wav(5), 'audio/mpeg')).toBe(true);
    await expect(ask('company/never.wav', wav(5))).rejects.toMatchObject({ name: 'RecordingMissing' });
    await counting.close();
  });

  test('leave plain WAV and other formats as they are', async () => {
    await recordings.put('company/plain.wav', [wav(1)], 'audio/wav');
    await recordings.put('company/xing.mp3', [await sample('xing.mp3')], 'audio/mpeg');
    expect((await tools.playable({ storageKey: 'company/plain.wav', mimeType: 'audio/wav' })).content).toEqual(wav(1));
    expect(await tools.playable({ storageKey: 'company/xing.mp3', mimeType: 'audio/mpeg' })).toEqual({
      content: await sample('xing.mp3'),
      mimeType: 'audio/mpeg',
    });
  });
});

describe('two WAVs are joined', () => {
  const store = async (audio: Buffer, ending = 'wav') => {
    const storageKey = `${randomUUID()}/${randomUUID()}.${ending}`;
    const mimeType = ending === 'wav' ? 'audio/wav' : 'audio/mpeg';
    await recordings.put(storageKey, [audio], mimeType);
    return { storageKey, mimeType };
  };
  const samplesOf = (content: Buffer) => new Int16Array(content.buffer.slice(content.byteOffset + 44));
  /** How often a tone goes up through zero in a second that begins here. */
  const hertzAt = (samples: Int16Array, rate: number, second: number) => {
    const piece = samples.subarray(second * rate, (second + 1) * rate);
    return piece.filter((sample, at) => sample >= 0 && (piece[at - 1] ?? 0) < 0).length;
  };

  test.each([
    ['a telephone’s note and message', 8000, 8000, 8000],
    ['a telephone’s note before a studio’s message', 8000, 44_100, 16_000],
    ['a studio’s note before a telephone’s message', 48_000, 8000, 8000],
  ])('%s', async (_, first, second, rate) => {
    const note = await store(wav(2, { hertz: 300, samplesPerSecond: first }));
    const message = await store(wav(3, { hertz: 500, samplesPerSecond: second }));
    const joined = await tools.join(note, message);
    if (!joined) throw new Error('not joined');
    expect(joined.durationSeconds).toBeCloseTo(5.7, 2);
    expect(await probe(joined.content)).toMatchObject({
      mimeType: 'audio/wav',
      durationSeconds: expect.closeTo(5.7, 2),
    });
    const samples = samplesOf(joined.content);
    expect(hertzAt(samples, rate, 0.5)).toBeCloseTo(300, -1);
    expect(hertzAt(samples, rate, 4)).toBeCloseTo(500, -1);
    expect(samples.subarray(2.1 * rate, 2.6 * rate).every((sample) => sample === 0)).toBe(true);
  });

  test('a telephone’s compressed message, and one of two channels', async () => {
    const muLaw = riff(format(7, 8), chunk('data', Buffer.alloc(8000, 0x80)));
    const stereo = riff(format(1, 16, { channels: 2 }), chunk('data', Buffer.alloc(32_000)));
    const joined = await tools.join(await store(muLaw), await store(stereo));
    expect(joined?.durationSeconds).toBeCloseTo(2.7, 2);
  });

  test('they are not, if the two are larger together than anything that is read', async () => {
    const noteOfMinute = await store(wav(60, { samplesPerSecond: 16_000 }));
    // As a note before a note before a note before ten minutes of speech.
    const long = await store(riff(format(7, 8, { rate: 16_000 }), chunk('data', Buffer.alloc(13 * 2 ** 20))));
    expect(await tools.join(noteOfMinute, long)).toBeUndefined();
  });

  test('other formats are not', async () => {
    const mp3 = await store(await sample('xing.mp3'), 'mp3');
    expect(await tools.join(await store(wav(2)), mp3)).toBeUndefined();
  });
});
