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

export const isRunning = ({ startsAt, endsAt }: Window, now: Date): boolean =>
  startsAt <= now && (endsAt === undefined || endsAt > now);

/** What two windows share; undefined where they do not meet. */
export function overlap(a: Window, b: Window): Window | undefined {
  const startsAt = new Date(Math.max(a.startsAt.getTime(), b.startsAt.getTime()));
  const endsAt = earlier(a.endsAt, b.endsAt);
  return endsAt === undefined || endsAt > startsAt ? { startsAt, endsAt } : undefined;
}

const earlier = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

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

/**
 * What a viewer is told of an absence: the person, their backup and admins all of it, others what its privacy level
 * says (PRODUCT.md §4). Undefined: nothing, just as if the person were in.
 */
export function shownTo(viewer: Viewer, period: Period): ShownAbsence | undefined {
  const insider = viewer.isAdmin || viewer.userId === period.userId || viewer.userId === period.backupId;
  const level = insider ? 'away_until' : period.privacy;
  if (level === 'nothing') return undefined;
  return { backupId: period.backupId, until: level === 'away_until' ? period.endsAt : undefined };
}
