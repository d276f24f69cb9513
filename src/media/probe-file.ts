import { type IFormat, parseBuffer } from 'music-metadata';
import type { AudioFacts } from '../core/voicemail/ports.js';
import { type AudioFamily, audioKinds, familyOf } from './audio-family.js';
import { mp3Seconds } from './mp3-duration.js';
import { repairMp4 } from './repair-mp4.js';
import { isSilent } from './silence.js';
import { readWav } from './wav-header.js';
import { webmSeconds } from './webm-duration.js';

/**
 * Read the format and duration of a file, as far as its bytes are present. Undefined: no sound in a codec that browsers
 * play. A malicious file can make it run for ever, so it runs in a thread that can be terminated (`audio-worker`).
 */
export async function probeFile(bytes: Buffer): Promise<AudioFacts | undefined> {
  const sound = readWav(bytes);
  if (sound) return withSilence({ ...audioKinds.wav, durationSeconds: sound.durationSeconds }, bytes);
  switch (familyOf(bytes)) {
    case 'mp3':
      return withSilence(factsOf('mp3', mp3Seconds(bytes)), bytes);
    case 'ogg': {
      const format = await formatOf(bytes, /^(Opus|Vorbis)/i);
      return factsOf('ogg', format?.duration);
    }
    case 'webm': {
      const seconds = webmSeconds(bytes);
      const format = seconds === undefined ? undefined : await formatOf(bytes, /^(Opus|Vorbis)$/i);
      return format?.container?.startsWith('EBML/webm') ? factsOf('webm', seconds) : undefined;
    }
    case 'mp4': {
      const mended = repairMp4(bytes);
      const format = mended && (await formatOf(mended.bytes, /^MPEG-4\/AAC/));
      return factsOf('mp4', format?.duration && format.duration * (mended?.present ?? 0));
    }
    default:
      return undefined;
  }
}

async function formatOf(bytes: Buffer, codec: RegExp): Promise<IFormat | undefined> {
  try {
    // `duration`: when a file does not state its length, read all of it.
    const { format } = await parseBuffer(bytes, undefined, { duration: true, skipCovers: true });
    return !format.hasVideo && codec.test(format.codec ?? '') ? format : undefined;
  } catch {
    return undefined;
  }
}

const withSilence = async (facts: AudioFacts | undefined, bytes: Buffer): Promise<AudioFacts | undefined> =>
  facts && (await isSilent(bytes)) ? { ...facts, isSilent: true } : facts;

/** Lengths that are added up from frames are rounded to milliseconds: 10.62, not 10.619999999999928. */
function factsOf(family: AudioFamily, summedSeconds: number | undefined): AudioFacts | undefined {
  const durationSeconds = Math.round((summedSeconds ?? 0) * 1000) / 1000;
  return durationSeconds > 0 ? { ...audioKinds[family], durationSeconds } : undefined;
}
