import type { Deps } from '../deps.js';
import type { NoticeId } from '../ids.js';

/** Brings a notice's newest card to every address of its user; called by the task `notice.post`. Twice is once. */
export async function postNotice(_deps: Deps, _id: NoticeId): Promise<void> {
  throw new Error('owner: voicemail');
}
