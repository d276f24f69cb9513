import { defineNotice, waitsAsNews } from '../../notices/define-notice.js';
import { findPastCall } from './call-history.store.js';
import { missedCallCard } from './call-history.views.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'call.missed': true;
  }
}

/** To the person asked for: a call that nobody answered, or that somebody else did; it goes where they want such news. */
export const missedCall = defineNotice({
  kind: 'call.missed',
  notAtHome: true,
  places: 'missedCallNotification',
  unsubscribes: 'missedCallNotification',
  waits: waitsAsNews,
  async card(deps, { subjectId, userId }, reader) {
    const call = await findPastCall(deps.db, subjectId);
    return call && missedCallCard(reader, call, userId, `${deps.publicUrl}/calls`);
  },
});
