/** A recording has a handful of boxes; a fragmented one has some hundreds. */
const mostBoxes = 5000;

/**
 * Repair a truncated MP4: a box that was cut off gets the length that is present, so that the file can be read.
 * `present`: the share of the sound that is present, up to 1. Undefined: not an MP4, or too many boxes for a message.
 */
export function repairMp4(bytes: Buffer): { readonly bytes: Buffer; readonly present: number } | undefined {
  let at = 0;
  for (let boxes = 0; at + 8 <= bytes.length; boxes += 1) {
    if (boxes === mostBoxes) return undefined;
    const short = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const isLong = short === 1;
    if (isLong && at + 16 > bytes.length) break;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const left = bytes.length - at;
    // The box extends to the end of the file.
    if (size === 0) return { bytes, present: 1 };
    if (size < (isLong ? 16 : 8)) break;
    if (size > left)
      return name === 'mdat' ? shortened(bytes, at, isLong, left / size) : { bytes: bytes.subarray(0, at), present: 1 };
    at += size;
  }
  return { bytes: bytes.subarray(0, at), present: 1 };
}

function shortened(bytes: Buffer, at: number, isLong: boolean, present: number) {
  const mended = Buffer.from(bytes);
  if (isLong) mended.writeBigUInt64BE(BigInt(bytes.length - at), at + 8);
  else mended.writeUInt32BE(bytes.length - at, at);
  return { bytes: mended, present };
}
