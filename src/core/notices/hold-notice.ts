import { enqueue } from '../change.js';
import type { Deps } from '../deps.js';
import { quietUntil } from '../settings/quiet-hours.js';
import { definitionOf, type NoticeDefinitions } from './define-notice.js';
import { holdNotice } from './held-notices.store.js';
import type { ClaimedNotice } from './notice.store.js';

/*
 * Quiet hours: a claimed notice that nobody was told of yet becomes a held row, and the task `notices.release` is due at
 * the end of them. Only that task posts a held notice, so that what happens to its subject meanwhile counts.
 * Days out of office are no quiet hours: the message that a caller leaves then shows at once, since the person may want to
 * act on it, and the return digest is no substitute. Only the digest waits for their return (`digest/digest`).
 */

/** Hold a claimed notice if its recipient has quiet hours now and nothing about it is urgent. True: it waits. */
export async function heldForQuietHours(
  deps: Deps,
  definitions: NoticeDefinitions,
  notice: ClaimedNotice,
): Promise<boolean> {
  const waits = definitionOf(definitions, notice.kind)?.waits;
  if (!waits || notice.told || notice.postings.length > 0) return false;
  const until = quietUntil(notice.quietHours, notice.mailReader.timeZone, deps.clock.now());
  if (!until || (await waits.isUrgent(deps, notice.subjectId))) return false;
  await holdNotice(deps.db, notice, until);
  const delaySeconds = Math.ceil((until.getTime() - deps.clock.now().getTime()) / 1000);
  await enqueue(deps, [{ name: 'notices.release', payload: { userId: notice.userId }, delaySeconds }]);
  return true;
}
