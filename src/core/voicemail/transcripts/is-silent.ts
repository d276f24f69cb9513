/** 20 ms at a telephone’s rate. */
const windowSamples = 160;
/** −50 dB of full scale: the noise of a quiet line stays below it, the quietest speech does not. */
const quietest = 0.003_16 * 32_768;
/** A click is shorter than a word. */
const fewestLoudWindows = 5;

/**
 * Return whether a WAV of 16-bit PCM holds no sound that could be speech. Any other audio counts as not silent, since
 * only a decoder could tell. It reads until it has heard enough, so that speech costs almost nothing.
 */
export function isSilent(audio: Buffer): boolean {
  const samples = samplesOf(audio);
  if (!samples) return false;
  let loud = 0;
  for (let at = 0; at + windowSamples * 2 <= samples.length; at += windowSamples * 2) {
    if (loudness(samples, at) >= quietest) loud += 1;
    if (loud >= fewestLoudWindows) return false;
  }
  return true;
}

function loudness(samples: Buffer, from: number): number {
  let sum = 0;
  for (let at = from; at < from + windowSamples * 2; at += 2) sum += samples.readInt16LE(at) ** 2;
  return Math.sqrt(sum / windowSamples);
}

/** The samples of a WAV of 16-bit PCM; undefined: it is something else. */
function samplesOf(audio: Buffer): Buffer | undefined {
  if (audio.length < 44 || audio.toString('latin1', 0, 4) !== 'RIFF' || audio.toString('latin1', 8, 12) !== 'WAVE')
    return undefined;
  let isPcm = false;
  for (let at = 12; at + 8 <= audio.length; ) {
    const [name, length] = [audio.toString('latin1', at, at + 4), audio.readUInt32LE(at + 4)];
    if (name === 'fmt ' && at + 24 <= audio.length)
      isPcm = audio.readUInt16LE(at + 8) === 1 && audio.readUInt16LE(at + 22) === 16;
    // The length of a WAV that was written as it came may be anything.
    if (name === 'data') return isPcm ? audio.subarray(at + 8, Math.min(audio.length, at + 8 + length)) : undefined;
    at += 8 + length + (length % 2);
  }
  return undefined;
}
