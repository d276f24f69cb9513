import { defineNotice } from '../../notices/define-notice.js';
import { findGivenUp } from './awaited-message.store.js';
import { givenUpCard } from './awaited-message.views.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'voicemail.given-up': true;
  }
}

/** To the mailbox's owner and to admins: a message that could not be fetched, its caller, and where it is. */
export const messageGivenUp = defineNotice({
  kind: 'voicemail.given-up',
  async card(deps, { subjectId, userId }, reader) {
    const givenUp = await findGivenUp(deps.db, subjectId);
    return givenUp && givenUpCard(reader, { ...givenUp, isOwner: givenUp.mailboxUserId === userId });
  },
});
