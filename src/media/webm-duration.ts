import {
  block,
  blockContent,
  clusterTimestamp,
  simpleBlock,
  timestampScale,
  unsignedIn,
  webmElements,
} from './webm-elements.js';

/**
 * The duration of a WebM, from the times of its blocks: browsers write no duration into recordings, and a truncated
 * file states a longer one. Undefined: there are fewer than two blocks, or too many elements for a message.
 */
export function webmSeconds(bytes: Buffer): number | undefined {
  let nanoseconds = 1_000_000;
  let clusterAt = 0;
  const times: { first?: number; last: number; step: number } = { last: 0, step: 0 };

  const elements = webmElements(bytes);
  let next = elements.next();
  for (; !next.done; next = elements.next()) {
    const element = next.value;
    if (element.id === timestampScale) nanoseconds = unsignedIn(bytes, element);
    if (element.id === clusterTimestamp) clusterAt = unsignedIn(bytes, element);
    if (element.id === simpleBlock || element.id === block) note(clusterAt + blockContent(bytes, element).time);
  }
  const isWhole = next.value;
  if (!isWhole || times.first === undefined || times.step <= 0) return undefined;
  return ((times.last + times.step - times.first) * nanoseconds) / 1e9;

  function note(time: number): void {
    times.first ??= time;
    if (time <= times.last) return;
    times.step = time - times.last;
    times.last = time;
  }
}
