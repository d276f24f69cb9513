import { samplesOf } from './convert-wav.js';
import { mp3HasSound } from './mp3-loudness.js';
import { readWav, type WavSound } from './wav-header.js';

/** Windows of this length are judged by their energy; a click at the end of a call is shorter than `fewestLoud`. */
const windowSeconds = 0.05;
const fewestLoud = 3;
/** The energy (RMS) of a window with a voice, of 32,768: -45 dBFS; the noise of a quiet line is below -55 dBFS. */
const loudLevel = 184;

/**
 * Return whether nothing is to be heard in a file, as far as that can be measured: WAV by its samples, MP3 by the loudest
 * that its frames allow. Any other format counts as sound. Runs in a thread (`audio-worker`).
 */
export function isSilent(bytes: Buffer): boolean {
  const sound = readWav(bytes);
  if (sound) return !hasSound(bytes, sound);
  return mp3HasSound(bytes) === false;
}

/** Return whether something is to be heard in a WAV, as far as its bytes are present. */
export function hasSound(bytes: Buffer, sound: WavSound): boolean {
  const samples = samplesOf(bytes.subarray(sound.start, Math.min(sound.end, bytes.length)), sound);
  const length = Math.max(1, Math.round(windowSeconds * sound.samplesPerSecond * sound.channels));
  let loud = 0;
  for (let from = 0; from + length <= samples.length; from += length) {
    if (levelOf(samples, from, from + length) >= loudLevel) loud += 1;
    if (loud >= fewestLoud) return true;
  }
  // A file of less than that is judged whole.
  return samples.length < fewestLoud * length && samples.length > 0 && levelOf(samples, 0, samples.length) >= loudLevel;
}

/** The root of the mean square, without a constant part: some lines add one. */
function levelOf(samples: Int16Array, from: number, until: number): number {
  let sum = 0;
  let squares = 0;
  for (let at = from; at < until; at += 1) {
    const sample = samples[at] ?? 0;
    sum += sample;
    squares += sample * sample;
  }
  const count = until - from;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
