import { gsmBlockBytes, gsmBlockSamples } from './gsm.js';

/** Where the sound of a WAV lies, and how it is written. */
export interface WavSound {
  readonly codec: WavCodec;
  readonly channels: number;
  readonly samplesPerSecond: number;
  /** Of one sample of one channel; 0 for GSM, whose blocks are not of samples. */
  readonly bits: number;
  /** Of the sound within the file: counted, not as the header has it. */
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
/** The codec number stands further back, in a longer format chunk. */
const extensible = 0xfffe;
/** Written while the length was not yet known, as streams are. */
const unknownSize = 0xffffffff;

const headBytes = 12;
const chunkHeadBytes = 8;
/** A WAV has three or four; a file of nothing but chunks must not be walked to its end. */
const mostChunks = 100;
const mostSearches = 16;
const mostChannels = 8;

interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** By its first bytes; the rest may be anything. */
export const isWav = (bytes: Buffer): boolean =>
  bytes.length >= headBytes &&
  ['RIFF', 'RF64'].includes(bytes.toString('latin1', 0, 4)) &&
  bytes.toString('latin1', 8, headBytes) === 'WAVE';

/**
 * Finds the sound of a WAV. Headers lie (a stream's sizes are 0 or 0xFFFFFFFF, a list is longer than its size, padding is
 * missing), so the bytes that are there count, and chunks that cannot be read are skipped. The time is bounded: at most
 * `mostChunks` steps and a few searches. Undefined: no WAV, no sound in it, or in a codec that is not converted.
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
 * The same, from the first bytes of a file of `fileBytes`. Undefined: its chunks do not stand in the usual order within
 * them, so that all of it has to be read.
 */
export const readWavHead = (head: Buffer, fileBytes: number): WavSound | undefined =>
  isWav(head) ? readInOrder(head, walk(head), fileBytes) : undefined;

/** The first format, and sound behind it, that has a size of its own. */
function readInOrder(bytes: Buffer, chunks: readonly Chunk[], fileBytes: number): WavSound | undefined {
  const format = chunks.find(({ name }) => name === 'fmt ');
  const data = format && chunks.find(({ name, start }) => name === 'data' && start > format.start);
  if (!format || !data || data.size === 0 || format.start + 16 > bytes.length) return undefined;
  return soundOf(bytes, format, data, fileBytes);
}

/**
 * The very form in which every player takes a WAV: PCM of 16 bits, and a header that tells the truth. `head` is the file,
 * or as much of it as `plainHeaderBytes`.
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

/** Browsers refuse rates beyond these. */
const isPlayedRate = (samplesPerSecond: number): boolean => samplesPerSecond >= 3000 && samplesPerSecond <= 192_000;

export const plainHeaderBytes = 44;

/** Chunk after chunk, as far as their heads make sense. */
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

/** The first chunk of that name that fits into the file, or else the first of all; in text it may stand as well. */
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

/** A size of nothing, with something behind it that is no chunk, is a size that nobody wrote in the end. */
function presentBytes(bytes: Buffer, data: Chunk, fileBytes: number): number {
  const present = fileBytes - data.start;
  if (data.size === unknownSize) return present;
  if (data.size > 0) return Math.min(data.size, present);
  const behind = chunkAt(bytes, data.start);
  const isChunk = behind && /^[ -~]{4}$/.test(behind.name) && behind.start + behind.size <= bytes.length;
  return isChunk ? 0 : present;
}
