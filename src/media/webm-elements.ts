/** Element ids of Matroska: https://www.rfc-editor.org/rfc/rfc9559#section-5 */
const segment = 0x18538067;
const info = 0x1549a966;
const cluster = 0x1f43b675;
const blockGroup = 0xa0;
export const timestampScale = 0x2ad7b1;
export const clusterTimestamp = 0xe7;
export const simpleBlock = 0xa3;
export const block = 0xa1;
/** The elements whose children are read; others are skipped. */
const containers: ReadonlySet<number> = new Set([segment, info, cluster, blockGroup]);

/** Blocks of 20 ms are common; three minutes have 9,000 of them. */
const mostElements = 200_000;

/** An element whose bytes are all present. */
export interface WebmElement {
  readonly id: number;
  /** Where its content begins, and how long that is. */
  readonly body: number;
  readonly size: number;
}

/**
 * Yield the elements of a WebM in their order, as far as they are present. Returns false if there are too many elements
 * for a message.
 */
export function* webmElements(bytes: Buffer): Generator<WebmElement, boolean> {
  let at = 0;
  for (let elements = 0; at < bytes.length; elements += 1) {
    if (elements === mostElements) return false;
    const id = numberAt(bytes, at, { keepLength: true });
    const size = id && numberAt(bytes, at + id.length, { keepLength: false });
    if (!id || !size) break;
    const body = at + id.length + size.length;
    if (containers.has(id.value)) {
      at = body;
      continue;
    }
    // The file ends within this element, or the element has no known end to skip to.
    if (size.value === undefined || body + size.value > bytes.length) break;
    yield { id: id.value, body, size: size.value };
    at = body + size.value;
  }
  return true;
}

/** A block begins with its track's number; its time relative to its cluster, flags and content follow. */
export function blockContent(
  bytes: Buffer,
  { body, size }: WebmElement,
): { readonly time: number; readonly at: number } {
  const track = numberAt(bytes, body, { keepLength: true });
  return track && size >= track.length + 2
    ? { time: bytes.readInt16BE(body + track.length), at: body + track.length + 3 }
    : { time: 0, at: body + size };
}

/** Return the unsigned number in an element. */
export function unsignedIn(bytes: Buffer, { body, size }: WebmElement): number {
  let value = 0;
  for (let next = body; next < body + Math.min(size, 8); next += 1) value = value * 256 + (bytes[next] ?? 0);
  return value;
}

/** A number whose first byte tells its length; a size with all bits set is unknown. */
function numberAt(
  bytes: Buffer,
  at: number,
  { keepLength }: { keepLength: true },
): { length: number; value: number } | undefined;
function numberAt(
  bytes: Buffer,
  at: number,
  { keepLength }: { keepLength: false },
): { length: number; value: number | undefined } | undefined;
function numberAt(bytes: Buffer, at: number, { keepLength }: { keepLength: boolean }) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return undefined;
  let value = keepLength ? first : first & (0xff >> length);
  let isUnknown = (first & (0xff >> length)) === 0xff >> length;
  for (let next = at + 1; next < at + length; next += 1) {
    value = value * 256 + (bytes[next] ?? 0);
    isUnknown &&= bytes[next] === 0xff;
  }
  return { length, value: !keepLength && isUnknown ? undefined : value };
}
