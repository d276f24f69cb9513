import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { raiseNoticeFor } from '../notices/notice.js';

/** Inside the change that reset somebody's PIN: they are told how to choose a new one; it is shown to nobody. */
export const tellPinReset = (change: Change, userId: UserId): Promise<void> =>
  raiseNoticeFor(change, { kind: 'people.pin-reset', subjectId: userId, userId });
