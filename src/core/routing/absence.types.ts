import type { E164, PeriodId, UserId } from '../ids.js';

/** What colleagues are told: nothing, that the person is away, or also until when. */
export const privacyLevels = ['nothing', 'away', 'away_until'] as const;
export type Privacy = (typeof privacyLevels)[number];

/** What the backup says to it; `none`: there is no backup. */
export const backupAnswers = ['none', 'asked', 'accepted', 'declined'] as const;
export type BackupAnswer = (typeof backupAnswers)[number];

/** `planned` also while it runs; `ended`: the person came back early; `cancelled`: it never began. */
export const periodStatuses = ['planned', 'ended', 'cancelled'] as const;
export type PeriodStatus = (typeof periodStatuses)[number];

/** A stretch of absence, planned or under way. */
export interface Period {
  readonly id: PeriodId;
  readonly userId: UserId;
  readonly startsAt: Date;
  /** Exclusive; undefined: open-ended. */
  readonly endsAt: Date | undefined;
  readonly backupId: UserId | undefined;
  readonly number: E164 | undefined;
  /** For callers. */
  readonly note: string;
  readonly privacy: Privacy;
  readonly backupAnswer: BackupAnswer;
}

/** From an instant to another, which is exclusive; undefined: without end. */
export interface Window {
  readonly startsAt: Date;
  readonly endsAt: Date | undefined;
}

/** Who looks at somebody's absence. */
export interface Viewer {
  readonly userId: UserId;
  readonly isAdmin: boolean;
}

/** An absence as far as this viewer may know of it. */
export interface ShownAbsence {
  readonly backupId: UserId | undefined;
  /** Undefined: open-ended, or not told. */
  readonly until: Date | undefined;
}
