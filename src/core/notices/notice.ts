import type { Change } from '../change.js';
import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import type { Task } from '../tasks.js';
import { raiseNotices, raiseToldNotice } from './notice.store.js';

/** What people are told without having asked. A feature adds its kind here, and its card to `noticeCards`. */
export type NoticeKind =
  | 'voicemail.arrived'
  /** To the backup: will you cover? With accept and decline. */
  | 'out-of-office.asked'
  /** To whoever is out: the backup accepted or declined. */
  | 'out-of-office.answered'
  | 'impersonation.started'
  | 'impersonation.ended'
  /** To admins: who is this account? */
  | 'account.unknown'
  /** To somebody whom an admin has linked: you are in. */
  | 'account.linked'
  /** To admins: who is new in a workspace, and who left. */
  | 'members.changed'
  /** To the admin who asked: people could not be brought in. */
  | 'members.bring-in-failed';

/** Makes the card of a notice for its reader; undefined when there is nothing to show any more. */
export type NoticeCard = (
  deps: Deps,
  notice: { subjectId: string; userId: UserId },
  reader: Reader,
) => Promise<Card | undefined>;

/** Who is told about what. */
interface Told {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly userId: UserId;
}

/**
 * Inside a change: this user must be shown this card, or shown it anew because what it says has changed.
 * Creates the notice or raises its version, and nudges the task that posts it.
 */
export async function tell(change: Change, notice: Told): Promise<void> {
  for (const task of await tellEach(change, [notice])) change.nudge(task);
}

/**
 * The same for many, no two alike, inside a change that several requests share: gives the task of each, in their order,
 * for its own request to enqueue, so that the request's id goes with it.
 */
export async function tellEach(change: Change, notices: readonly Told[]): Promise<readonly Task[]> {
  if (notices.length === 0) return [];
  const noticeIds = await raiseNotices(change, notices);
  for (const { userId } of notices) change.touch(userId);
  return noticeIds.map((noticeId) => ({ name: 'notice.post', payload: { noticeId } }));
}

/** The same where they were told already; nothing where they were not: old news makes no new card. */
export async function retell(change: Change, notice: Told): Promise<void> {
  const noticeId = await raiseToldNotice(change, notice);
  if (noticeId !== undefined) change.nudge({ name: 'notice.post', payload: { noticeId } });
  change.touch(notice.userId);
}
