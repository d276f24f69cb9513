import { type IFormat, parseBuffer } from 'music-metadata';
import { UserError } from '../errors.js';
import { plainWavSeconds } from './plain-wav.js';

/** What a message's own bytes say about it. */
export interface Audio {
  readonly mimeType: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'audio/webm';
  /** The usual ending for it, without a dot: phones choose their player by it. */
  readonly ending: 'wav' | 'mp3' | 'ogg' | 'm4a' | 'webm';
  readonly durationSeconds: number;
}

/** As much as three minutes take in the most generous of the formats, with room to spare. */
export const largestMessageBytes = 25 * 1024 * 1024;
/** PRODUCT.md §5, Limits. A recorder stops here; a second or two more is its own rounding. */
export const longestMessageSeconds = 180;
/**
 * PRODUCT.md §5, Limits: a caller who leaves less has left nothing, and the phone makes it a missed call. A source
 * that hands over a finished message has decided that for itself, so `receiveVoicemail` takes shorter ones too.
 */
export const shortestMessageSeconds = 3;
const roundingSeconds = 5;

/**
 * Reads what the bytes are, whatever a file name or a header claims.
 * Refuses what is no audio we can play (415), or is too large or too long (413).
 */
export async function probeAudio(bytes: Buffer): Promise<Audio> {
  if (bytes.length > largestMessageBytes) throw new UserError((words) => words.voicemail.tooLarge, 413);
  const plainSeconds = plainWavSeconds(bytes);
  const format: Format | undefined =
    plainSeconds === undefined ? await formatOf(bytes) : { container: 'WAVE', duration: plainSeconds };
  const kind = kindOf(format?.container ?? '');
  const durationSeconds = format?.duration ?? 0;
  if (!kind || format?.hasVideo || !(durationSeconds > 0)) throw new UserError((words) => words.voicemail.noAudio, 415);
  if (durationSeconds > longestMessageSeconds + roundingSeconds)
    throw new UserError((words) => words.voicemail.tooLong(longestMessageSeconds), 413);
  return { ...kind, durationSeconds };
}

type Format = Pick<IFormat, 'container' | 'duration' | 'hasVideo'>;

async function formatOf(bytes: Buffer): Promise<Format | undefined> {
  try {
    // `duration`: some MP3s and browsers' recordings do not say their length; then all of it is read.
    return (await parseBuffer(bytes, undefined, { duration: true, skipCovers: true })).format;
  } catch {
    return undefined;
  }
}

function kindOf(container: string): Pick<Audio, 'mimeType' | 'ending'> | undefined {
  if (container === 'WAVE') return { mimeType: 'audio/wav', ending: 'wav' };
  if (container === 'MPEG') return { mimeType: 'audio/mpeg', ending: 'mp3' };
  if (container === 'Ogg') return { mimeType: 'audio/ogg', ending: 'ogg' };
  if (container.startsWith('EBML/webm')) return { mimeType: 'audio/webm', ending: 'webm' };
  // An MP4's container is a list of brands.
  if (/\b(M4A|isom|iso\d|mp4\d|3gp\d)/.test(container)) return { mimeType: 'audio/mp4', ending: 'm4a' };
  return undefined;
}
