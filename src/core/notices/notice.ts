import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import type { Task } from '../tasks/tasks.js';
import { raiseNotice, raiseToldNotice, raiseToldNotices } from './notice.store.js';
import type { NoticeKind } from './notice-kind.js';

/** Who is told about what. */
interface Told {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly userId: UserId;
}

/**
 * Inside a change: this user must be shown this card, or shown it anew because what it says has changed.
 * Creates the notice or raises its version, and enqueues the task that posts it.
 */
export async function raiseNoticeFor(change: Change, notice: Told): Promise<void> {
  change.enqueue(postingOf(await raiseNotice(change, notice)));
  change.touch(notice.userId);
}

/** The same where they were told already; nothing where they were not: old news makes no new card. */
export async function retell(change: Change, notice: Told): Promise<void> {
  const noticeId = await raiseToldNotice(change, notice);
  if (noticeId !== undefined) change.enqueue(postingOf(noticeId));
  change.touch(notice.userId);
}

/** The same for everybody who was told of this. */
export async function retellEverybody(change: Change, about: Omit<Told, 'userId'>): Promise<void> {
  for (const { id, userId } of await raiseToldNotices(change, about)) {
    change.enqueue(postingOf(id));
    change.touch(userId);
  }
}

/** For a statement that makes what it tells of; it enqueues `postingOf`. */
export { newNotices } from './notice.store.js';

/** The task that posts a notice. */
export const postingOf = (noticeId: string): Task => ({ name: 'notice.post', payload: { noticeId } });
