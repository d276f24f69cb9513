import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseBuffer } from 'music-metadata';
import wavefile from 'wavefile';
import type { Locale } from '../../core/chat/phrasing.js';

const run = promisify(execFile);
const telephoneRate = 8_000;

/** A recording as the provider keeps it. */
export interface PhoneRecording {
  readonly audio: Buffer;
  readonly mimeType: string;
  readonly durationSeconds: number;
}

/**
 * Return audio of spoken text: by a speech synthesiser of the system if there is one, else a hum of the same length.
 * PCM16 WAV.
 */
export async function synthesizeSpeech(text: string, locale: Locale): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-voice-'));
  const file = join(folder, 'said.wav');
  // flite is easier to understand, but speaks English only.
  const synthesisers: [string, string[]][] = [
    ...(locale === 'en' ? ([['flite', ['-t', text, '-o', file]]] as [string, string[]][]) : []),
    ['espeak-ng', ['-v', locale, '-w', file, text]],
  ];
  try {
    for (const [command, args] of synthesisers) {
      const spoken = await run(command, args, { timeout: 20_000 }).then(
        () => readFile(file),
        () => undefined,
      );
      if (spoken) return paddedWithSilence(spoken);
    }
    return steadyTone(Math.max(3, text.length / 14));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pad the speech with silence before and after, to at least four seconds, as a real message has. */
function paddedWithSilence(spoken: Buffer): Buffer {
  const wav = new wavefile.WaveFile(spoken);
  const { sampleRate } = wav.fmt as { sampleRate: number };
  const words = wav.getSamples(false, Int16Array) as unknown as Int16Array;
  const quiet = Math.round(Math.max(0.5, (4 - words.length / sampleRate) / 2) * sampleRate);
  const samples = new Int16Array(words.length + 2 * quiet);
  samples.set(words, quiet);
  const padded = new wavefile.WaveFile();
  padded.fromScratch(1, sampleRate, '16', samples);
  return Buffer.from(padded.toBuffer());
}

/** Return a soft, wavering tone, to hear and to draw. PCM16 WAV, 8 kHz. */
export function steadyTone(durationSeconds: number): Buffer {
  const samples = Int16Array.from({ length: Math.round(durationSeconds * telephoneRate) }, (_, at) => {
    const seconds = at / telephoneRate;
    const swell = 0.5 + 0.5 * Math.sin(2 * Math.PI * 1.7 * seconds);
    return Math.round(7_000 * swell * Math.sin(2 * Math.PI * 220 * seconds));
  });
  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, telephoneRate, '16', samples);
  return Buffer.from(wav.toBuffer());
}

/**
 * Return audio as the telephone network records it: µ-law WAV at 8 kHz, cut at `longestSeconds`. Audio that is not WAV
 * (a browser's recorder) is kept unchanged.
 */
export async function asPhoneRecording(audio: Buffer, longestSeconds: number): Promise<PhoneRecording> {
  if (audio.toString('latin1', 0, 4) !== 'RIFF') {
    const { format } = await parseBuffer(audio, undefined, { duration: true });
    const mimeType = format.container?.toLowerCase().includes('webm') ? 'audio/webm' : 'application/octet-stream';
    return { audio, mimeType, durationSeconds: Math.min(longestSeconds, format.duration ?? 0) };
  }
  const wav = new wavefile.WaveFile(audio);
  if (wav.bitDepth === '8m') wav.fromMuLaw('16');
  else if (wav.bitDepth === '8a') wav.fromALaw('16');
  else wav.toBitDepth('16');
  const samples = telephoneSamples(wav).slice(0, longestSeconds * telephoneRate);

  const taped = new wavefile.WaveFile();
  taped.fromScratch(1, telephoneRate, '16', samples);
  taped.toMuLaw();
  return {
    audio: Buffer.from(taped.toBuffer()),
    mimeType: 'audio/x-wav',
    durationSeconds: samples.length / telephoneRate,
  };
}

/** One channel at 8 kHz. */
function telephoneSamples(wav: InstanceType<typeof wavefile.WaveFile>): Int16Array {
  const { sampleRate } = wav.fmt as { sampleRate: number };
  if (sampleRate !== telephoneRate) wav.toSampleRate(telephoneRate);
  const channels = wav.getSamples(false) as unknown as Float64Array | Float64Array[];
  const first = Array.isArray(channels) ? channels[0] : channels;
  return Int16Array.from(first ?? [], (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample))));
}
