import { monoOf, samplesOf, withHeader } from './convert-wav.js';
import { readWav } from './wav-header.js';

/** One WAV after the other. */
export interface JoinedWav {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly durationSeconds: number;
}

/** Between the two, so that nobody takes them for one. */
const pauseSeconds = 0.7;
/** Enough for speech; ten minutes and a note stay below the size of a message. */
const highestRate = 16_000;

/**
 * Join two WAVs with a pause between them, as 16-bit PCM, mono, at the rate of the second. Undefined: one of them holds no
 * sound that can be read. Runs in its own thread (`audio-worker`).
 */
export function joinWavs(first: Buffer, second: Buffer): JoinedWav | undefined {
  const rate = Math.min(readWav(second)?.samplesPerSecond ?? 0, highestRate);
  const [before, after] = [speechOf(first, rate), speechOf(second, rate)];
  if (!before || !after) return undefined;
  const pause = Math.round(pauseSeconds * rate);
  const samples = new Int16Array(before.length + pause + after.length);
  samples.set(before);
  samples.set(after, before.length + pause);
  return { bytes: withHeader(samples, 1, rate), durationSeconds: samples.length / rate };
}

function speechOf(bytes: Buffer, rate: number): Int16Array | undefined {
  const sound = readWav(bytes);
  if (!sound) return undefined;
  const mono = monoOf(samplesOf(bytes.subarray(sound.start, sound.end), sound), sound.channels);
  return sound.samplesPerSecond === rate ? mono : resampled(mono, sound.samplesPerSecond / rate);
}

/** `step`: how many samples become one. Fewer are averages; more are on the line between their neighbours. */
function resampled(samples: Int16Array, step: number): Int16Array {
  const result = new Int16Array(Math.floor(samples.length / step));
  for (let index = 0; index < result.length; index += 1) {
    const from = index * step;
    result[index] = step > 1 ? average(samples, from, from + step) : between(samples, from);
  }
  return result;
}

function average(samples: Int16Array, from: number, to: number): number {
  const [first, end] = [Math.floor(from), Math.max(Math.floor(from) + 1, Math.floor(to))];
  let sum = 0;
  for (let at = first; at < end; at += 1) sum += samples[at] ?? 0;
  return sum / (end - first);
}

function between(samples: Int16Array, at: number): number {
  const before = Math.floor(at);
  const [left = 0, right = left] = [samples[before], samples[before + 1]];
  return left + (right - left) * (at - before);
}
