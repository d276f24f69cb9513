import { decodeGsm } from './gsm-decoder.js';
import { plainHeaderBytes, readWav, type WavSound } from './wav-header.js';

/**
 * Convert a WAV to 16-bit PCM, mono or stereo, with a correct header: the form that every browser, Slack and mail
 * programs play. Undefined: no sound can be read. Runs in its own thread (`audio-worker`).
 */
export function toPlainWav(bytes: Buffer): Uint8Array<ArrayBuffer> | undefined {
  const sound = readWav(bytes);
  if (!sound) return undefined;
  const samples = mixed(samplesOf(bytes.subarray(sound.start, sound.end), sound), sound.channels);
  const channels = sound.channels > 2 ? 1 : sound.channels;
  return withHeader(samples, channels, sound.samplesPerSecond);
}

/** Return the samples of a WAV's sound as 16-bit PCM; of all channels, in turn. */
export function samplesOf(bytes: Buffer, { codec, bits }: WavSound): Int16Array {
  switch (codec) {
    case 'gsm':
      return decodeGsm(bytes);
    case 'mu-law':
      return each(bytes, 1, (at) => muLaw[bytes[at] ?? 0] ?? 0);
    case 'a-law':
      return each(bytes, 1, (at) => aLaw[bytes[at] ?? 0] ?? 0);
    case 'float':
      return bits === 32
        ? each(bytes, 4, (at) => fromFloat(bytes.readFloatLE(at)))
        : each(bytes, 8, (at) => fromFloat(bytes.readDoubleLE(at)));
    case 'pcm':
      // Eight-bit samples are unsigned; of longer samples the upper 16 bits are kept.
      if (bits === 8) return each(bytes, 1, (at) => ((bytes[at] ?? 0) - 128) << 8);
      return each(bytes, bits / 8, (at) => bytes.readInt16LE(at + bits / 8 - 2));
    default:
      return codec satisfies never;
  }
}

/** `Int16Array.from` is many times slower. */
function each(bytes: Buffer, size: number, read: (at: number) => number): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / size));
  for (let index = 0; index < samples.length; index += 1) samples[index] = read(index * size);
  return samples;
}

const fromFloat = (level: number): number =>
  Number.isFinite(level) ? Math.round(Math.max(-1, Math.min(1, level)) * 32767) : 0;

/** Mix more than two channels down to one, because few players support them. */
function mixed(samples: Int16Array, channels: number): Int16Array {
  return channels <= 2 ? samples : monoOf(samples, channels);
}

/** Return the average of all channels. */
export function monoOf(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(Math.floor(samples.length / channels));
  for (let index = 0; index < mono.length; index += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += samples[index * channels + channel] ?? 0;
    mono[index] = sum / channels;
  }
  return mono;
}

/** Return 16-bit PCM as a WAV. */
export function withHeader(samples: Int16Array, channels: number, samplesPerSecond: number): Uint8Array<ArrayBuffer> {
  const size = samples.length * 2;
  const wav = new Uint8Array(plainHeaderBytes + size);
  const head = Buffer.from(wav.buffer, 0, plainHeaderBytes);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(plainHeaderBytes - 8 + size, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(samplesPerSecond, 24);
  head.writeUInt32LE(samplesPerSecond * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(size, 40);
  const body = new DataView(wav.buffer, plainHeaderBytes);
  for (let index = 0; index < samples.length; index += 1) body.setInt16(index * 2, samples[index] ?? 0, true);
  return wav;
}

/** ITU-T G.711, table 2: inverted bits; three bits of exponent, four of mantissa. */
const muLaw = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const size = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -size : size;
});

/** ITU-T G.711, table 1: every other bit inverted. */
const aLaw = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? size : -size;
});
