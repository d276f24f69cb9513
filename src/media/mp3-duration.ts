/** Kilobits per second of layer 3: MPEG 1, then MPEG 2 and 2.5. ISO/IEC 11172-3 §2.4.2.3, ISO/IEC 13818-3. */
const rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const;
const rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160] as const;
const samplesPerSecond1 = [44_100, 48_000, 32_000] as const;

/** The head of a frame of layer 3. */
export interface Mp3Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly samplesPerSecond: number;
  readonly mono: boolean;
  readonly isMpeg1: boolean;
  /** Two bytes of it stand after the head. */
  readonly hasChecksum: boolean;
}

/**
 * The duration of an MP3, from the frames that are present, because its header may describe a longer file. Reads each
 * byte at most once. Undefined: there are no two consecutive frames.
 */
export function mp3Seconds(bytes: Buffer): number | undefined {
  let [seconds, frames, framed] = [0, 0, 0];
  const start = tagBytes(bytes);
  let isInStep = false;
  for (let at = start; at + 4 <= bytes.length; ) {
    const frame = frameAt(bytes, at);
    // Other data may stand between frames; after it, a frame counts only if another follows it.
    if (!frame || (!isInStep && !frameAt(bytes, at + frame.bytes))) {
      isInStep = false;
      at += 1;
      continue;
    }
    if (frames > 0 || !isInfoFrame(bytes, at, frame)) seconds += frame.samples / frame.samplesPerSecond;
    isInStep = true;
    frames += 1;
    framed += frame.bytes;
    at += frame.bytes;
  }
  // Random data contains frames by chance.
  return frames > 1 && framed * 2 >= bytes.length - start && seconds > 0 ? seconds : undefined;
}

/** The length of an ID3v2 tag: 10 bytes and its size, seven bits per byte; a size beyond the file is ignored. */
export function tagBytes(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < 10) return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => (sum << 7) | ((bytes[at] ?? 0) & 0x7f), 0);
  return 10 + size < bytes.length ? 10 + size : 10;
}

/** Return the frame that begins at a byte; undefined: none does. */
export function frameAt(bytes: Buffer, at: number): Mp3Frame | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const version = (second >> 3) & 3;
  const isLayer3 = (second & 0xe6) === 0xe2;
  const rate = third >> 4;
  const sampling = (third >> 2) & 3;
  if (!isLayer3 || version === 1 || rate === 0 || rate === 15 || sampling === 3) return undefined;

  const isMpeg1 = version === 3;
  const kilobits = (isMpeg1 ? rates1 : rates2)[rate] ?? 0;
  const samplesPerSecond = (samplesPerSecond1[sampling] ?? 0) / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = isMpeg1 ? 1152 : 576;
  const padding = (third >> 1) & 1;
  return {
    bytes: Math.floor(((samples / 8) * kilobits * 1000) / samplesPerSecond) + padding,
    samples,
    samplesPerSecond,
    mono: (bytes[at + 3] ?? 0) >> 6 === 3,
    isMpeg1,
    hasChecksum: (second & 1) === 0,
  };
}

/** Whether a first frame holds a table of contents (Xing, Info) and no sound. */
export function isInfoFrame(bytes: Buffer, at: number, { mono, isMpeg1 }: Mp3Frame): boolean {
  const side = isMpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17;
  const name = bytes.toString('latin1', at + 4 + side, at + 8 + side);
  return name === 'Xing' || name === 'Info';
}
