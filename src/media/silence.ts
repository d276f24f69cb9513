import { familyOf } from './audio-family.js';
import { samplesOf } from './convert-wav.js';
import { mp3HasSound } from './mp3-loudness.js';
import { opusSound } from './opus-loudness.js';
import { readWav, type WavSound } from './wav-header.js';

/** 16 bits each, or from -1 to 1. */
type Samples = Int16Array | Float32Array;

/** Windows of this length are judged by their energy; a click at the end of a call is shorter than `fewestLoud`. */
const windowSeconds = 0.05;
const fewestLoud = 3;
/** The energy (RMS) of a window with a voice, of 32,768: -45 dBFS; the noise of a quiet line is below -55 dBFS. */
const loudLevel = 184;

/**
 * Return whether nothing is to be heard in a file, as far as that can be measured: WAV by its samples, Opus (Ogg, WebM) by
 * decoding it until a voice is found, MP3 by the loudest that its frames allow. Vorbis, AAC and whatever cannot be
 * decoded in time count as sound. Runs in a thread (`audio-worker`).
 */
export async function isSilent(bytes: Buffer): Promise<boolean> {
  const sound = readWav(bytes);
  if (sound) return !hasSound(bytes, sound);
  const family = familyOf(bytes);
  if (family === 'mp3') return mp3HasSound(bytes) === false;
  return family === 'ogg' || family === 'webm' ? isSilentOpus(bytes) : false;
}

async function isSilentOpus(bytes: Buffer): Promise<boolean> {
  const parts = opusSound(bytes);
  let loud = 0;
  let next = await parts.next();
  for (; !next.done; next = await parts.next()) {
    const { channels, samplesPerSecond } = next.value;
    const length = Math.round(windowSeconds * samplesPerSecond);
    loud += Math.max(0, ...channels.map((samples) => loudWindows(samples, length)));
    if (loud < fewestLoud) continue;
    await parts.return(false);
    return false;
  }
  return next.value;
}

/** Return whether something is to be heard in a WAV, as far as its bytes are present. */
export function hasSound(bytes: Buffer, sound: WavSound): boolean {
  const samples = samplesOf(bytes.subarray(sound.start, Math.min(sound.end, bytes.length)), sound);
  const length = Math.max(1, Math.round(windowSeconds * sound.samplesPerSecond * sound.channels));
  if (loudWindows(samples, length) >= fewestLoud) return true;
  // A file of less than that is judged whole.
  return samples.length < fewestLoud * length && samples.length > 0 && levelOf(samples, 0, samples.length) >= loudLevel;
}

/** Count the loud windows of these samples, up to `fewestLoud`. */
function loudWindows(samples: Samples, length: number): number {
  let loud = 0;
  for (let from = 0; from + length <= samples.length && loud < fewestLoud; from += length)
    if (levelOf(samples, from, from + length) >= loudLevel) loud += 1;
  return loud;
}

/** The root of the mean square, of 32,768, without a constant part: some lines add one. */
function levelOf(samples: Samples, from: number, until: number): number {
  let sum = 0;
  let squares = 0;
  for (let at = from; at < until; at += 1) {
    const sample = samples[at] ?? 0;
    sum += sample;
    squares += sample * sample;
  }
  const count = until - from;
  const full = samples instanceof Float32Array ? 32_768 : 1;
  return full * Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
