import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';

export type NoticeKind =
  | 'voicemail.arrived'
  /** To the backup: will you cover? With accept and decline. */
  | 'out-of-office.asked'
  | 'impersonation.started'
  | 'impersonation.ended'
  /** To admins: who is this account? */
  | 'account.unknown';

/** Makes the card of a notice for its reader; undefined when there is nothing to show any more. */
export type NoticeCard = (
  deps: Deps,
  notice: { subjectId: string; userId: UserId },
  reader: Reader,
) => Promise<Card | undefined>;

/** Which card each kind shows. A feature adds one line here and one to `NoticeKind`. */
export const noticeCards: Partial<Record<NoticeKind, NoticeCard>> = {};
