import { gsmBlockBytes, gsmBlockSamples } from './gsm-decoder.js';

/** The position and the encoding of a WAV's sound. */
export interface WavSound {
  readonly codec: WavCodec;
  readonly channels: number;
  readonly samplesPerSecond: number;
  /** Of one sample of one channel; 0 for GSM, whose blocks are not of samples. */
  readonly bits: number;
  /** Position and length of the sound that is present in the file, not as the header states them. */
  readonly start: number;
  readonly end: number;
  readonly durationSeconds: number;
}

type WavCodec = 'pcm' | 'float' | 'a-law' | 'mu-law' | 'gsm';

/** Codec numbers: https://www.rfc-editor.org/rfc/rfc2361, and Microsoft's mmreg.h. */
const codecs: Readonly<Record<number, { readonly codec: WavCodec; readonly bits: readonly number[] }>> = {
  1: { codec: 'pcm', bits: [8, 16, 24, 32] },
  3: { codec: 'float', bits: [32, 64] },
  6: { codec: 'a-law', bits: [8] },
  7: { codec: 'mu-law', bits: [8] },
  49: { codec: 'gsm', bits: [0] },
};
/** The codec number is in the extension of a longer format chunk. */
const extensible = 0xfffe;
/** The size that streams write while the length is not known yet. */
const unknownSize = 0xffffffff;

const headBytes = 12;
const chunkHeadBytes = 8;
/** A WAV has three or four chunks; a file of nothing but chunks must not be read to its end. */
const mostChunks = 100;
const mostSearches = 16;
const mostChannels = 8;

interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** Whether the first bytes are those of a WAV. */
export const isWav = (bytes: Buffer): boolean =>
  bytes.length >= headBytes &&
  ['RIFF', 'RF64'].includes(bytes.toString('latin1', 0, 4)) &&
  bytes.toString('latin1', 8, headBytes) === 'WAVE';

/**
 * Find the sound of a WAV. Headers can be wrong (a stream's sizes are 0 or 0xFFFFFFFF, a list is longer than its size,
 * padding is missing), so only bytes that are present count, and unreadable chunks are skipped. The work is bounded: at
 * most `mostChunks` steps and a few searches. Undefined: not a WAV, no sound in it, or a codec that is not converted.
 */
export function readWav(bytes: Buffer): WavSound | undefined {
  if (!isWav(bytes)) return undefined;
  const chunks = walk(bytes);
  const format = chunks.find(({ name }) => name === 'fmt ') ?? search(bytes, 'fmt ', headBytes);
  if (!format || format.start + 16 > bytes.length) return undefined;
  const data =
    chunks.find(({ name, start }) => name === 'data' && start > format.start) ??
    search(bytes, 'data', format.start + 16);
  if (!data) return undefined;
  return soundOf(bytes, format, data, bytes.length);
}

/**
 * Like `readWav`, from the first bytes of a file of `fileBytes`. Undefined: its chunks are not in the usual order
 * within them, so the whole file must be read.
 */
export const readWavHead = (head: Buffer, fileBytes: number): WavSound | undefined =>
  isWav(head) ? readInOrder(head, walk(head), fileBytes) : undefined;

/** The first format chunk, followed by sound with a size of its own. */
function readInOrder(bytes: Buffer, chunks: readonly Chunk[], fileBytes: number): WavSound | undefined {
  const format = chunks.find(({ name }) => name === 'fmt ');
  const data = format && chunks.find(({ name, start }) => name === 'data' && start > format.start);
  if (!format || !data || data.size === 0 || format.start + 16 > bytes.length) return undefined;
  return soundOf(bytes, format, data, fileBytes);
}

/**
 * Whether every player plays this WAV: 16-bit PCM with a correct header. `head` is the file, or its first
 * `plainHeaderBytes`.
 */
export function isPlainWav(head: Buffer, fileBytes: number): boolean {
  if (head.length < plainHeaderBytes) return false;
  const text = (start: number) => head.toString('latin1', start, start + 4);
  const channels = head.readUInt16LE(22);
  const samplesPerSecond = head.readUInt32LE(24);
  const soundBytes = fileBytes - plainHeaderBytes;
  return (
    [text(0), text(8), text(12), text(36)].join() === 'RIFF,WAVE,fmt ,data' &&
    head.readUInt32LE(4) === fileBytes - chunkHeadBytes &&
    head.readUInt32LE(16) === 16 &&
    head.readUInt16LE(20) === 1 &&
    [1, 2].includes(channels) &&
    isPlayedRate(samplesPerSecond) &&
    head.readUInt16LE(34) === 16 &&
    head.readUInt32LE(40) === soundBytes &&
    soundBytes > 0 &&
    soundBytes % (2 * channels) === 0
  );
}

/** Browsers refuse sample rates outside this range. */
const isPlayedRate = (samplesPerSecond: number): boolean => samplesPerSecond >= 3000 && samplesPerSecond <= 192_000;

/** The bytes that `isPlainWav` needs. */
export const plainHeaderBytes = 44;

/** Chunk by chunk, as long as their headers are plausible. */
function walk(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = headBytes; chunks.length < mostChunks; ) {
    const chunk = chunkAt(bytes, at);
    if (!chunk) break;
    chunks.push(chunk);
    if (chunk.name === 'data') break;
    at = chunk.start + chunk.size + (chunk.size % 2);
  }
  return chunks;
}

function chunkAt(bytes: Buffer, at: number): Chunk | undefined {
  const start = at + chunkHeadBytes;
  if (start > bytes.length) return undefined;
  return { name: bytes.toString('latin1', at, at + 4), start, size: bytes.readUInt32LE(at + 4) };
}

/**
 * The first chunk of that name that fits into the file, or else the first of that name. The name may occur in text too.
 */
function search(bytes: Buffer, name: string, from: number): Chunk | undefined {
  let first: Chunk | undefined;
  let at = bytes.indexOf(name, from, 'latin1');
  for (let tries = 0; at !== -1 && tries < mostSearches; tries += 1) {
    const chunk = chunkAt(bytes, at);
    if (!chunk) break;
    first ??= chunk;
    if (chunk.start + chunk.size <= bytes.length) return chunk;
    at = bytes.indexOf(name, at + 1, 'latin1');
  }
  return first;
}

function soundOf(bytes: Buffer, format: Chunk, data: Chunk, fileBytes: number): WavSound | undefined {
  const named = bytes.readUInt16LE(format.start);
  const further = named === extensible && format.size >= 26 && format.start + 26 <= bytes.length;
  const known = codecs[further ? bytes.readUInt16LE(format.start + 24) : named];
  const channels = bytes.readUInt16LE(format.start + 2);
  const samplesPerSecond = bytes.readUInt32LE(format.start + 4);
  const bits = known?.codec === 'gsm' ? 0 : bytes.readUInt16LE(format.start + 14);
  if (!known?.bits.includes(bits) || channels < 1 || channels > mostChannels) return undefined;
  if (!isPlayedRate(samplesPerSecond)) return undefined;
  if (known.codec === 'gsm' && (channels > 1 || samplesPerSecond > 48_000)) return undefined;

  const { blockBytes, blockSamples } =
    known.codec === 'gsm'
      ? { blockBytes: gsmBlockBytes, blockSamples: gsmBlockSamples }
      : { blockBytes: (bits / 8) * channels, blockSamples: 1 };
  const blocks = Math.floor(presentBytes(bytes, data, fileBytes) / blockBytes);
  if (blocks === 0) return undefined;
  return {
    codec: known.codec,
    channels,
    samplesPerSecond,
    bits,
    start: data.start,
    end: data.start + blocks * blockBytes,
    durationSeconds: (blocks * blockSamples) / samplesPerSecond,
  };
}

/** The bytes of sound that are present. A size of 0 followed by data that is not a chunk was never filled in. */
function presentBytes(bytes: Buffer, data: Chunk, fileBytes: number): number {
  const present = fileBytes - data.start;
  if (data.size === unknownSize) return present;
  if (data.size > 0) return Math.min(data.size, present);
  const behind = chunkAt(bytes, data.start);
  const isChunk = behind && /^[ -~]{4}$/.test(behind.name) && behind.start + behind.size <= bytes.length;
  return isChunk ? 0 : present;
}
