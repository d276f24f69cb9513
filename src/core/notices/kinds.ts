import { accountLinked, unknownAccount } from '../accounts/linking.notices.js';
import { messageGivenUp } from '../calls/awaited-message/awaited-message.notices.js';
import { impersonationEnded, impersonationStarted } from '../impersonation/impersonation.notices.js';
import { bringInFailed, membersChanged } from '../members/members.notices.js';
import { askedCard, backupAnsweredCard } from '../out-of-office/cover.notices.js';
import { arrivedCard } from '../voicemail/mailbox/voicemail-card.js';
import { signInAsked } from '../voicemail/sharing/player-link.js';
import type { NoticeCard } from './notice.js';
import type { NoticeKind } from './notice-kind.js';

/**
 * Which card each kind shows: one line a feature. Only `post-notice.ts` reads this table, so that a feature
 * may both `tell` and have its card here without a circle of imports.
 */
export const noticeCards: Partial<Record<NoticeKind, NoticeCard>> = {
  'voicemail.arrived': arrivedCard,
  'voicemail.given-up': messageGivenUp,
  'out-of-office.asked': askedCard,
  'out-of-office.answered': backupAnsweredCard,
  'account.unknown': unknownAccount,
  'account.linked': accountLinked,
  'sign-in.asked': signInAsked,
  'members.changed': membersChanged,
  'members.bring-in-failed': bringInFailed,
  'impersonation.started': impersonationStarted,
  'impersonation.ended': impersonationEnded,
};
