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

/** A mono PCM WAV in which nothing is to be heard but the noise of a line. */
export function silentWav(seconds: number): Buffer {
  const bytes = wav(seconds);
  for (let at = 44; at + 1 < bytes.length; at += 2) bytes.writeInt16LE(((at * 7919) % 61) - 30, at);
  return bytes;
}

/** A silent MP3, as an encoder writes digital silence: frames of MPEG 2, layer 3, 32 kbit/s, without values. */
export function silentMp3(frames: number): Buffer {
  const frame = Buffer.alloc(104);
  frame.set([0xff, 0xf3, 0x40, 0xc0]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}
