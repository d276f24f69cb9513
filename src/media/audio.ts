import wavefile from 'wavefile';

/** Audio with what it is. */
export interface Audio {
  readonly audio: Buffer;
  readonly mimeType: string;
}

/**
 * The same audio as any browser plays it. Telephone WAV (µ-law, A-law) becomes PCM16 WAV; everything else, and a WAV
 * that cannot be read, is handed on as it is. The original is what is kept.
 */
export function playable(audio: Buffer, mimeType: string): Audio {
  if (!isTelephoneWav(audio)) return { audio, mimeType };
  const wav = new wavefile.WaveFile();
  try {
    wav.fromBuffer(audio);
    if (wav.bitDepth === '8m') wav.fromMuLaw('16');
    else wav.fromALaw('16');
  } catch {
    return { audio, mimeType };
  }
  return { audio: Buffer.from(wav.toBuffer()), mimeType: 'audio/wav' };
}

/** Codec numbers of RIFF: https://www.rfc-editor.org/rfc/rfc2361 */
const aLaw = 6;
const muLaw = 7;

/** Reads the `fmt ` chunk, wherever it stands. */
function isTelephoneWav(audio: Buffer): boolean {
  if (audio.length < 12 || audio.toString('latin1', 0, 4) !== 'RIFF' || audio.toString('latin1', 8, 12) !== 'WAVE')
    return false;
  let at = 12;
  while (at + 10 <= audio.length) {
    if (audio.toString('latin1', at, at + 4) === 'fmt ') {
      const codec = audio.readUInt16LE(at + 8);
      return codec === aLaw || codec === muLaw;
    }
    const size = audio.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return false;
}
