/** What people are told without having asked. A feature adds its kind here, and its card to `noticeCards`. */
export type NoticeKind =
  | 'voicemail.arrived'
  /** To the mailbox's owner and to admins: the provider did not hand over a message that a caller left. */
  | 'voicemail.given-up'
  /** To the backup: will you cover? With accept and decline. */
  | 'out-of-office.asked'
  /** To whoever is out: the backup accepted or declined. */
  | 'out-of-office.answered'
  | 'impersonation.started'
  | 'impersonation.ended'
  /** To admins: who is this account? */
  | 'account.unknown'
  /** To somebody whom an admin has linked: you are in. */
  | 'account.linked'
  /** To the person of a player link: sign in to listen. */
  | 'sign-in.asked'
  /** To admins: who is new in a workspace, and who left. */
  | 'members.changed'
  /** To the admin who asked: people could not be brought in. */
  | 'members.bring-in-failed';
