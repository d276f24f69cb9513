import { accountLinked, unknownAccount } from '../accounts/linking.notices.js';
import { importNotice } from '../bulk/bulk.notices.js';
import { messageGivenUp } from '../calls/awaited-message/awaited-message.notices.js';
import { missedCall } from '../calls/history/missed-call.notices.js';
import { outgoingCallNotice } from '../calls/outgoing/outgoing-calls.notices.js';
import { phoneLocked } from '../calls/phone-menu/phone-lock.notices.js';
import { digestNotice, waitedNotice } from '../digest/digest.notices.js';
import { impersonationEnded, impersonationStarted } from '../impersonation/impersonation.notices.js';
import { bringInFailed, membersChanged } from '../members/members.notices.js';
import type { NoticeDefinitions } from '../notices/define-notice.js';
import { backupAnswered, backupAsked } from '../out-of-office/cover.notices.js';
import {
  absenceBegan,
  backupReminded,
  backupSilent,
  coverBegan,
  coverEnded,
  personReturned,
} from '../out-of-office/milestones.notices.js';
import { peopleChanged } from '../people-admin/bulk/people-change.notices.js';
import { pinReset } from '../people-admin/people-admin.notices.js';
import { voicemailCallDue, voicemailHandedOver } from '../voicemail/mailbox/claim.notices.js';
import { boxFull, boxNearlyFull, voicemailExpiring } from '../voicemail/retention/retention.notices.js';
import { signInAsked, voicemailArrived } from '../voicemail/voicemail.notices.js';

const definitions: Omit<NoticeDefinitions, 'notices.waited'> = {
  'voicemail.arrived': voicemailArrived,
  'voicemail.handed-over': voicemailHandedOver,
  'voicemail.call-due': voicemailCallDue,
  'voicemail.given-up': messageGivenUp,
  'voicemail.expiring': voicemailExpiring,
  'voicemail.box-nearly-full': boxNearlyFull,
  'voicemail.box-full': boxFull,
  'call.missed': missedCall,
  digest: digestNotice,
  'call.outgoing': outgoingCallNotice,
  'phone.locked': phoneLocked,
  'out-of-office.asked': backupAsked,
  'out-of-office.answered': backupAnswered,
  'out-of-office.reminded': backupReminded,
  'out-of-office.unanswered': backupSilent,
  'out-of-office.began': absenceBegan,
  'out-of-office.cover-began': coverBegan,
  'out-of-office.returned': personReturned,
  'out-of-office.cover-ended': coverEnded,
  'account.unknown': unknownAccount,
  'account.linked': accountLinked,
  'sign-in.asked': signInAsked,
  'people.pin-reset': pinReset,
  'people.changed': peopleChanged,
  'members.changed': membersChanged,
  'members.bring-in-failed': bringInFailed,
  'bulk.import': importNotice,
  'impersonation.started': impersonationStarted,
  'impersonation.ended': impersonationEnded,
};

/** Every kind of notice: one line for each definition in an `x.notices.ts`. A missing one does not compile. */
export const noticeDefinitions: NoticeDefinitions = { ...definitions, 'notices.waited': waitedNotice(definitions) };
