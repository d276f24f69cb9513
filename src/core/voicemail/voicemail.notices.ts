import { linkMinutes, requestedLink } from '../accounts/sign-in.js';
import { defineNotice } from '../notices/define-notice.js';
import { messageCard } from './mailbox/load-voicemail-card.js';
import { findUntouched, isUrgentMessage } from './mailbox/open-messages.store.js';
import { playerPath } from './sharing/player-link.js';
import { noLongerSharedCard, signInToListenCard } from './voicemail.views.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'voicemail.arrived': true;
    'sign-in.asked': true;
  }
}

/** To the mailbox's owner and its members: the message, as it stands now. */
export const voicemailArrived = defineNotice({
  kind: 'voicemail.arrived',
  notAtHome: true,
  places: 'messages',
  unsubscribes: 'notificationType',
  isInThread: true,
  waits: {
    isUrgent: (deps, id) => isUrgentMessage(deps.db, id),
    findNews: (deps, ids) => findUntouched(deps.db, ids),
  },
  card: async (deps, { subjectId, userId }, reader) =>
    (await messageCard(deps, { id: subjectId, userId, personId: userId }, reader)) ?? noLongerSharedCard(reader),
});

/** To the person of a player link: a sign-in link back to the message, while it can be used. */
export const signInAsked = defineNotice({
  kind: 'sign-in.asked',
  notAtHome: true,
  async card(deps, { subjectId }, { locale }) {
    const link = await requestedLink(deps, subjectId, (playerLinkId) => playerPath(deps, playerLinkId));
    return link && signInToListenCard(locale, link.url, linkMinutes);
  },
});
