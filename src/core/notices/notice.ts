import type { Change } from '../change.js';
import type { Deps } from '../deps.js';
import type { NoticeId, UserId } from '../ids.js';
import type { NoticeKind } from './kinds.js';

/**
 * Inside a change: this user must be shown this card, or shown it anew because what it says has changed.
 * Creates the notice or raises its version, and nudges the task that posts it.
 */
export async function tell(
  _change: Change,
  _notice: { kind: NoticeKind; subjectId: string; userId: UserId },
): Promise<void> {
  throw new Error('owner: voicemail');
}

/** Brings a notice's newest card to every address of its user; called by the task `notice.post`. Twice is once. */
export async function postNotice(_deps: Deps, _id: NoticeId): Promise<void> {
  throw new Error('owner: voicemail');
}
