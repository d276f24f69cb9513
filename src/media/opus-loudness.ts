import { OpusDecoder } from 'opus-decoder';
import { block, blockContent, simpleBlock, webmElements } from './webm-elements.js';

/** A telephone's sample rate: enough for a voice, and the cheapest to decode. */
const samplesPerSecond = 8000;
/** So many packets are decoded before their sound is looked at; one has 20 ms as a rule. */
const packetsAtOnce = 50;
/** More than three minutes; a longer silence counts as sound. */
const mostPackets = 10_000;
/** The longest packet that the format allows: 120 ms in 48 frames of 1,275 bytes. https://www.rfc-editor.org/rfc/rfc6716#section-3.4 */
const longestPacket = 61_440;

/** The samples of some packets, one channel after the other. */
export type SampledPart = { readonly samplesPerSecond: number; readonly channels: readonly Float32Array[] };

/**
 * Decode the Opus sound of an Ogg or WebM file, part by part, as far as its bytes are present. Returns false if what was
 * yielded is not all of it: another codec, no packet, one that cannot be decoded, or too many.
 */
export async function* opusSound(bytes: Buffer): AsyncGenerator<SampledPart, boolean> {
  const packets = opusPackets(bytes);
  if (!packets) return false;
  const decoder = new OpusDecoder({ sampleRate: samplesPerSecond });
  await decoder.ready;
  try {
    let decoded = 0;
    let part: Uint8Array[] = [];
    for (const packet of packets) {
      if (packet === undefined || packet.length > longestPacket || decoded === mostPackets) return false;
      decoded += 1;
      part.push(packet);
      if (part.length < packetsAtOnce) continue;
      const { channelData, errors } = decoder.decodeFrames(part);
      if (errors.length > 0) return false;
      yield { samplesPerSecond, channels: channelData };
      part = [];
    }
    const { channelData, errors } = decoder.decodeFrames(part);
    if (errors.length > 0) return false;
    yield { samplesPerSecond, channels: channelData };
    return decoded > 0;
  } finally {
    decoder.free();
  }
}

/** The packets of a file; undefined in between: one that is not read. Undefined: no Opus. */
function opusPackets(bytes: Buffer): Iterable<Uint8Array | undefined> | undefined {
  if (bytes.toString('latin1', 0, 4) === 'OggS')
    return bytes.includes('OpusHead', 0, 'latin1') ? oggPackets(bytes) : undefined;
  return bytes.subarray(0, 4096).includes('A_OPUS', 0, 'latin1') ? webmPackets(bytes) : undefined;
}

function* webmPackets(bytes: Buffer): Generator<Uint8Array | undefined> {
  for (const element of webmElements(bytes)) {
    if (element.id !== simpleBlock && element.id !== block) continue;
    const { at } = blockContent(bytes, element);
    // Several frames in one block: browsers do not write that.
    const isLaced = ((bytes[at - 1] ?? 0) & 0x06) !== 0;
    yield isLaced ? undefined : bytes.subarray(at, element.body + element.size);
  }
}

/** The packets of the first stream after its two headers. https://www.rfc-editor.org/rfc/rfc3533#section-6 */
function* oggPackets(bytes: Buffer): Generator<Uint8Array | undefined> {
  const stream = bytes.length < 27 ? 0 : bytes.readUInt32LE(14);
  let begun: Buffer[] = [];
  let headers = 2;
  for (let at = 0; at + 27 <= bytes.length; ) {
    if (bytes.toString('latin1', at, at + 4) !== 'OggS' || bytes.readUInt32LE(at + 14) !== stream)
      return yield undefined;
    const sizes = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    at += 27 + sizes.length;
    for (const size of sizes) {
      // The file ends within this packet.
      if (at + size > bytes.length) return;
      begun.push(bytes.subarray(at, at + size));
      at += size;
      if (size === 255) continue;
      if (headers > 0) headers -= 1;
      else yield Buffer.concat(begun);
      begun = [];
    }
  }
}
