import { frameAt, isInfoFrame, type Mp3Frame, tagBytes } from './mp3-duration.js';

/*
 * How loud an MP3 can be at most, without decoding it: each part of a frame ("granule") states the step of its values and,
 * by its Huffman tables, the largest of them. ISO/IEC 11172-3 §2.4.1.7 and §2.4.3.4.7, ISO/IEC 13818-3 §2.4.1.7.
 */

/** One spectral line of a voice is louder than this, of 1: -50 dBFS. */
const loudLine = 0.003;
/** Loud granules of some 25 ms; fewer are a click. */
const fewestLoud = 6;

/** The largest value that each Huffman table can hold; tables from 16 on have some more bits. */
const largest = [0, 1, 2, 2, 0, 3, 3, 5, 5, 5, 7, 7, 7, 15, 0, 15];
const moreBits = [1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13];
const largestIn = (table: number): number =>
  table < 16 ? (largest[table] ?? 0) : 14 + 2 ** (moreBits[table - 16] ?? 13);

/** Return whether an MP3 may hold something to be heard; undefined: it holds no frames. */
export function mp3HasSound(bytes: Buffer): boolean | undefined {
  let frames = 0;
  let loud = 0;
  for (let at = tagBytes(bytes); at + 4 <= bytes.length; ) {
    const frame = frameAt(bytes, at);
    if (!frame) {
      // Something else stands between frames: what it is cannot be judged.
      if (frames > 0 && at + 128 < bytes.length) return true;
      at += 1;
      continue;
    }
    if (frames > 0 || !isInfoFrame(bytes, at, frame)) loud += loudGranules(bytes, at, frame);
    if (loud >= fewestLoud) return true;
    frames += 1;
    at += frame.bytes;
  }
  return frames > 1 ? false : undefined;
}

function loudGranules(bytes: Buffer, at: number, { mono, isMpeg1, hasChecksum }: Mp3Frame): number {
  const bits = bitReader(bytes, at + 4 + (hasChecksum ? 2 : 0));
  const channels = mono ? 1 : 2;
  bits(isMpeg1 ? 9 : 8); // where its data begins
  bits(isMpeg1 ? (mono ? 5 : 3) : channels);
  if (isMpeg1) bits(4 * channels);
  let loud = 0;
  for (let granule = 0; granule < (isMpeg1 ? 2 : 1); granule += 1) {
    const levels = Array.from({ length: channels }, () => loudestLine(bits, isMpeg1));
    if (Math.max(...levels) >= loudLine) loud += isMpeg1 ? 1 : 2;
  }
  return loud;
}

/** The loudest that a line of this granule and channel can be. */
function loudestLine(bits: (count: number) => number, isMpeg1: boolean): number {
  const length = bits(12);
  const bigValues = bits(9);
  const gain = bits(8);
  bits(isMpeg1 ? 4 : 9);
  const isSwitched = bits(1) === 1;
  if (isSwitched) bits(3);
  const tables = Array.from({ length: isSwitched ? 2 : 3 }, () => bits(5));
  bits(isSwitched ? 9 : 7);
  bits(isMpeg1 ? 3 : 2);
  if (length === 0) return 0;
  const value = bigValues === 0 ? 1 : Math.max(1, ...tables.map(largestIn));
  return value ** (4 / 3) * 2 ** ((gain - 210) / 4);
}

/** Read up to 12 bits at a time; beyond the file they are 0. */
function bitReader(bytes: Buffer, start: number): (count: number) => number {
  let position = start * 8;
  return (count) => {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) {
      value = (value << 1) | (((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1);
      position += 1;
    }
    return value;
  };
}
