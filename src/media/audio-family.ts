import type { AudioKind } from '../core/voicemail/ports.js';
import { isWav } from './wav.js';

/** The families of files other than WAV, by their first bytes. */
export type Family = 'mp3' | 'ogg' | 'mp4' | 'webm';

/** Each family’s own name, and the ending that players choose by. */
export const kinds: Readonly<Record<Family | 'wav', AudioKind>> = {
  wav: { mimeType: 'audio/wav', ending: 'wav' },
  mp3: { mimeType: 'audio/mpeg', ending: 'mp3' },
  ogg: { mimeType: 'audio/ogg', ending: 'ogg' },
  mp4: { mimeType: 'audio/mp4', ending: 'm4a' },
  webm: { mimeType: 'audio/webm', ending: 'webm' },
};

/** The same as `familyOf`, WAV included, in the words of rows and headers. */
export function kindOf(head: Buffer): AudioKind | undefined {
  const family = isWav(head) ? 'wav' : familyOf(head);
  return family && kinds[family];
}

/** What a file claims to be; undefined: nothing that is taken. Costs nothing, so it stands before everything else. */
export function familyOf(bytes: Buffer): Family | undefined {
  if (bytes.length < 16) return undefined;
  if (bytes.toString('latin1', 0, 4) === 'OggS') return 'ogg';
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return 'mp4';
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return 'webm';
  if (bytes.toString('latin1', 0, 3) === 'ID3') return 'mp3';
  // A frame of layer 3 begins with eleven bits set; other layers and AAC do not go on like this.
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return 'mp3';
  return undefined;
}
