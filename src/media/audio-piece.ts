import type { PlayableAudio } from '../core/voicemail/ports.js';
import { frameAt, isInfoFrame, tagBytes } from './mp3-duration.js';
import { readWav } from './wav-header.js';

/** Which part of a loop is wanted. */
export interface WantedPiece {
  readonly fromSeconds: number;
  readonly seconds: number;
}

/**
 * Cut a piece of audio that players accept as a loop: what ends before the piece does begins anew. WAV and MP3 alone;
 * undefined: another format, or no sound in it.
 */
export function audioPiece({ content, mimeType }: PlayableAudio, wanted: WantedPiece): PlayableAudio | undefined {
  const piece = mimeType === 'audio/mpeg' ? mp3Piece(content, wanted) : wavPiece(content, wanted);
  return piece && { content: piece, mimeType };
}

const headerBytes = 44;

function wavPiece(bytes: Buffer, { fromSeconds, seconds }: WantedPiece): Buffer | undefined {
  const sound = readWav(bytes);
  if (sound?.codec !== 'pcm' || sound.bits === 0) return undefined;
  const { channels, bits, samplesPerSecond } = sound;
  const blockBytes = (channels * bits) / 8;
  const blocks = Math.floor((sound.end - sound.start) / blockBytes);
  if (blocks === 0) return undefined;
  const data = bytes.subarray(sound.start, sound.start + blocks * blockBytes);
  let at = (Math.round(fromSeconds * samplesPerSecond) % blocks) * blockBytes;
  let missing = Math.round(seconds * samplesPerSecond) * blockBytes;
  const parts: Buffer[] = [];
  while (missing > 0) {
    const part = data.subarray(at, at + missing);
    parts.push(part);
    missing -= part.length;
    at = 0;
  }
  return Buffer.concat([wavHeader({ channels, bits, samplesPerSecond, dataBytes: sumOf(parts) }), ...parts]);
}

/** http://soundfile.sapp.org/doc/WaveFormat/ */
function wavHeader(sound: { channels: number; bits: number; samplesPerSecond: number; dataBytes: number }): Buffer {
  const { channels, bits, samplesPerSecond, dataBytes } = sound;
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(samplesPerSecond, 24);
  header.writeUInt32LE((samplesPerSecond * channels * bits) / 8, 28);
  header.writeUInt16LE((channels * bits) / 8, 32);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

const sumOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0);

/** A first frame may need bytes of the one before, and is then silent for a fortieth of a second. */
function mp3Piece(bytes: Buffer, { fromSeconds, seconds }: WantedPiece): Buffer | undefined {
  const frames = soundFrames(bytes);
  const total = frames.reduce((sum, frame) => sum + frame.seconds, 0);
  if (total === 0) return undefined;
  let skipped = fromSeconds % total;
  let index = 0;
  for (; skipped > 0 && index < frames.length; index += 1) skipped -= frames[index]?.seconds ?? 0;
  const parts: Buffer[] = [];
  for (let missing = seconds; missing > 0; index += 1) {
    const frame = frames[index % frames.length];
    if (!frame) return undefined;
    parts.push(bytes.subarray(frame.at, frame.at + frame.bytes));
    missing -= frame.seconds;
  }
  return Buffer.concat(parts);
}

interface SoundFrame {
  readonly at: number;
  readonly bytes: number;
  readonly seconds: number;
}

function soundFrames(bytes: Buffer): readonly SoundFrame[] {
  const frames: SoundFrame[] = [];
  let isFirst = true;
  for (let at = tagBytes(bytes); at + 4 <= bytes.length; ) {
    const frame = frameAt(bytes, at);
    if (!frame) {
      at += 1;
      continue;
    }
    if (!isFirst || !isInfoFrame(bytes, at, frame))
      frames.push({ at, bytes: frame.bytes, seconds: frame.samples / frame.samplesPerSecond });
    isFirst = false;
    at += frame.bytes;
  }
  return frames;
}
