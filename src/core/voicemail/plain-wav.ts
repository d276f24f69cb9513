/** What phone systems write: PCM, A-law and µ-law. https://www.rfc-editor.org/rfc/rfc2361 */
const plainCodecs: readonly number[] = [1, 6, 7];
const headBytes = 12;
const chunkHeadBytes = 8;

/**
 * How long a WAV is by what its head says, which is all there is to know of the plain ones that phone systems write. Undefined:
 * it is no WAV, or one that is odd in any way and has to be looked into.
 */
export function plainWavSeconds(bytes: Buffer): number | undefined {
  if (bytes.length < headBytes || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  if (bytes.toString('latin1', 8, headBytes) !== 'WAVE') return undefined;
  const format = chunkAt(bytes, headBytes);
  if (format?.name !== 'fmt ' || format.size < 16) return undefined;
  const data = chunkAt(bytes, format.end);
  if (data?.name !== 'data' || data.end !== bytes.length) return undefined;

  const codec = bytes.readUInt16LE(format.start);
  const channels = bytes.readUInt16LE(format.start + 2);
  const samplesPerSecond = bytes.readUInt32LE(format.start + 4);
  const sampleBytes = bytes.readUInt16LE(format.start + 12);
  const sampleBits = bytes.readUInt16LE(format.start + 14);
  const sound = plainCodecs.includes(codec) && sampleBytes > 0 && sampleBytes * 8 === channels * sampleBits;
  return sound && samplesPerSecond > 0 ? data.size / sampleBytes / samplesPerSecond : undefined;
}

/** The chunk whose head is there and whose body is whole; chunks of odd size are padded. */
function chunkAt(bytes: Buffer, at: number) {
  const start = at + chunkHeadBytes;
  if (start > bytes.length) return undefined;
  const size = bytes.readUInt32LE(at + 4);
  const end = start + size + (size % 2);
  return end <= bytes.length ? { name: bytes.toString('latin1', at, at + 4), start, size, end } : undefined;
}
