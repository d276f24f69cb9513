import type { NoticeCard } from '../../notices/notice.js';
import { findGivenUp } from './awaited-message.store.js';
import { givenUpCard } from './awaited-message.views.js';

/** To the mailbox's owner and to admins: a message that could not be fetched, from whom, and where it is. */
export const messageGivenUp: NoticeCard = async (deps, { subjectId, userId }, reader) => {
  const givenUp = await findGivenUp(deps.db, subjectId);
  return givenUp && givenUpCard(reader, { ...givenUp, isOwner: givenUp.mailboxUserId === userId });
};
