import { defineNotice } from '../../notices/define-notice.js';
import { phoneLockedCard } from './phone-lock.views.js';
import { findLock } from './phone-sign-in.store.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'phone.locked': true;
  }
}

/** To the owner of a mailbox whose PIN somebody tried too often. */
export const phoneLocked = defineNotice({
  kind: 'phone.locked',
  // The person who tries PINs may also sit at the owner's chat.
  places: 'everywhere',
  async card(deps, { subjectId }, reader) {
    const lock = await findLock(deps.db, subjectId);
    return lock && phoneLockedCard(reader, lock);
  },
});
