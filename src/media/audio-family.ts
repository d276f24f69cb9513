import type { AudioKind } from '../core/voicemail/ports.js';
import { isWav } from './wav-header.js';

/** The container formats other than WAV, recognised by their first bytes. */
export type AudioFamily = 'mp3' | 'ogg' | 'mp4' | 'webm';

/** Each format’s media type and the file extension that players expect. */
export const audioKinds: Readonly<Record<AudioFamily | 'wav', AudioKind>> = {
  wav: { mimeType: 'audio/wav', ending: 'wav' },
  mp3: { mimeType: 'audio/mpeg', ending: 'mp3' },
  ogg: { mimeType: 'audio/ogg', ending: 'ogg' },
  mp4: { mimeType: 'audio/mp4', ending: 'm4a' },
  webm: { mimeType: 'audio/webm', ending: 'webm' },
};

/** Like `familyOf`, with WAV, as the kind that rows and headers use. */
export function kindOf(head: Buffer): AudioKind | undefined {
  const family = isWav(head) ? 'wav' : familyOf(head);
  return family && audioKinds[family];
}

/** The format that the first bytes indicate; undefined: not an accepted one. Cheap, so it is checked first. */
export function familyOf(bytes: Buffer): AudioFamily | undefined {
  if (bytes.length < 16) return undefined;
  if (bytes.toString('latin1', 0, 4) === 'OggS') return 'ogg';
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return 'mp4';
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return 'webm';
  if (bytes.toString('latin1', 0, 3) === 'ID3') return 'mp3';
  // An MP3 frame begins with eleven set bits and the code of layer 3; other layers and AAC have other codes.
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return 'mp3';
  return undefined;
}
