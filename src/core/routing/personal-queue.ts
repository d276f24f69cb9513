import { isBusyAgent } from './own-phones.js';
import { isSamePhone, type Wait } from './path.js';
import type { RoutingPerson } from './routing-rows.js';
import type { Walk } from './walk.js';

/**
 * The personal queue (PRODUCT.md §2): where the person asked for is on a call, callers may wait for them, up to
 * `queueSeconds` in all. `walk.steps` holds the person’s own phones. Undefined: nobody waits.
 */
export function waitFor(walk: Walk, person: RoutingPerson): Wait | undefined {
  const { because, steps } = walk;
  const { busy, waitedSeconds } = walk.soFar;
  const { id, personalQueue, queueSeconds } = person;
  if (!personalQueue) return undefined;
  const isBusy = isBusyAgent(walk, person) || steps.some(({ target }) => busy.some((one) => isSamePhone(one, target)));
  const maxSeconds = queueSeconds - waitedSeconds;
  if (!isBusy) {
    if (steps.length > 0) because.push({ kind: 'mayWaitIfBusy', person: id, seconds: queueSeconds });
    return undefined;
  }
  if (maxSeconds <= 0) {
    because.push({ kind: 'waitedLongEnough', person: id });
    return undefined;
  }
  because.push({ kind: 'mayWait', person: id, seconds: maxSeconds });
  return { maxSeconds, because: [...because] };
}
