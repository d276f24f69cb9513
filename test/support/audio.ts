/** A mono PCM WAV: `seconds` of a tone, 16 bits, at a telephone's sample rate. */
export function wav(seconds: number, { hertz = 440, samplesPerSecond = 8000 } = {}): Buffer {
  const samples = Math.round(seconds * samplesPerSecond);
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0, 'ascii');
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8, 'ascii');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // mono
  bytes.writeUInt32LE(samplesPerSecond, 24);
  bytes.writeUInt32LE(samplesPerSecond * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'ascii');
  bytes.writeUInt32LE(samples * 2, 40);
  for (let sample = 0; sample < samples; sample += 1) {
    bytes.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * sample) / samplesPerSecond)), 44 + sample * 2);
  }
  return bytes;
}
