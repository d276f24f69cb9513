/** Element ids of Matroska: https://www.rfc-editor.org/rfc/rfc9559#section-5 */
const segment = 0x18538067;
const info = 0x1549a966;
const timestampScale = 0x2ad7b1;
const cluster = 0x1f43b675;
const clusterTimestamp = 0xe7;
const simpleBlock = 0xa3;
const blockGroup = 0xa0;
const block = 0xa1;
/** The elements whose children are read; others are skipped. */
const containers: ReadonlySet<number> = new Set([segment, info, cluster, blockGroup]);

/** Blocks of 20 ms are common; three minutes have 9,000 of them. */
const mostElements = 200_000;

/**
 * The duration of a WebM, from the times of its blocks: browsers write no duration into recordings, and a truncated
 * file states a longer one. Undefined: there are fewer than two blocks, or too many elements for a message.
 */
export function webmSeconds(bytes: Buffer): number | undefined {
  let nanoseconds = 1_000_000;
  let clusterAt = 0;
  const times: { first?: number; last: number; step: number } = { last: 0, step: 0 };

  let at = 0;
  for (let elements = 0; at < bytes.length; elements += 1) {
    if (elements === mostElements) return undefined;
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
    if (id.value === timestampScale) nanoseconds = unsigned(bytes, body, size.value);
    if (id.value === clusterTimestamp) clusterAt = unsigned(bytes, body, size.value);
    if (id.value === simpleBlock || id.value === block) note(clusterAt + offsetOf(bytes, body, size.value));
    at = body + size.value;
  }
  if (times.first === undefined || times.step <= 0) return undefined;
  return ((times.last + times.step - times.first) * nanoseconds) / 1e9;

  function note(time: number): void {
    times.first ??= time;
    if (time <= times.last) return;
    times.step = time - times.last;
    times.last = time;
  }
}

/** A number whose first byte tells its length; a size with all bits set is unknown. */
function numberAt(
  bytes: Buffer,
  at: number,
  { keepLength }: { keepLength: boolean },
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

function unsigned(bytes: Buffer, at: number, size: number): number {
  let value = 0;
  for (let next = at; next < at + Math.min(size, 8); next += 1) value = value * 256 + (bytes[next] ?? 0);
  return value;
}

/** A block begins with its track's number, followed by its time relative to its cluster. */
function offsetOf(bytes: Buffer, at: number, size: number): number {
  const track = numberAt(bytes, at, { keepLength: true });
  return track && size >= track.length + 2 ? bytes.readInt16BE(at + track.length) : 0;
}
