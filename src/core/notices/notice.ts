import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import type { Task } from '../tasks/tasks.js';
import { raiseExistingNotice, raiseExistingNotices, raiseNotice } from './notice.store.js';
import type { NoticeKind } from './notice-kind.js';

/** The recipient and the subject of a notice. */
interface NoticeSubject {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly userId: UserId;
}

/**
 * Inside a change: show this user this card, or update it because its content has changed. Creates the notice or raises
 * its version, and enqueues the task that posts it.
 */
export async function raiseNoticeFor(change: Change, notice: NoticeSubject): Promise<void> {
  change.enqueue(postNoticeTaskOf(await raiseNotice(change, notice)));
  change.touch(notice.userId);
}

/** As `raiseNoticeFor` if a notice exists; no-op otherwise: old news makes no new card. */
export async function updateNoticeFor(change: Change, notice: NoticeSubject): Promise<void> {
  const noticeId = await raiseExistingNotice(change, notice);
  if (noticeId !== undefined) change.enqueue(postNoticeTaskOf(noticeId));
  change.touch(notice.userId);
}

/**
 * The same for every recipient of a notice of this kind about one of these subjects. Not one subject after the other:
 * notices are locked in one order (`lockHeld`).
 */
export async function updateNoticesAbout(
  change: Change,
  kind: NoticeKind,
  subjectIds: readonly string[],
): Promise<void> {
  for (const { id, userId } of await raiseExistingNotices(change, kind, subjectIds)) {
    change.enqueue(postNoticeTaskOf(id));
    change.touch(userId);
  }
}

/** For a statement that also creates the notices' subjects; the caller enqueues `postNoticeTaskOf`. */
export { newNotices } from './notice.store.js';

/** Return the task that posts a notice. */
export const postNoticeTaskOf = (noticeId: string): Task => ({ name: 'notice.post', payload: { noticeId } });
