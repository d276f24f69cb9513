import type { Change } from '../change.js';
import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import type { Task } from '../tasks.js';
import { raiseNotice, raiseToldNotice } from './notice.store.js';

/** What people are told without having asked. A feature adds its kind here, and its card to `noticeCards`. */
export type NoticeKind =
  | 'voicemail.arrived'
  /** To the mailbox's owner and to admins: the provider did not hand over a message that a caller left. */
  | 'voicemail.given-up'
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
  /** To the person of a player link: sign in to listen. */
  | 'sign-in.asked'
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
  change.nudge(postingOf(await raiseNotice(change, notice)));
  change.touch(notice.userId);
}

/** The same where they were told already; nothing where they were not: old news makes no new card. */
export async function retell(change: Change, notice: Told): Promise<void> {
  const noticeId = await raiseToldNotice(change, notice);
  if (noticeId !== undefined) change.nudge(postingOf(noticeId));
  change.touch(notice.userId);
}

/** For a statement that makes what it tells of; it enqueues `postingOf`. */
export { newNotices } from './notice.store.js';

/** The task that posts a notice. */
export const postingOf = (noticeId: string): Task => ({ name: 'notice.post', payload: { noticeId } });
