/** The families of files other than WAV, by their first bytes. */
export type Family = 'mp3' | 'ogg' | 'mp4' | 'webm';

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
