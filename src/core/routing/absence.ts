import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Period, ShownAbsence, Viewer, Window } from './absence.types.js';

export { absencesOf, isOutAt, notOver, periodOf } from './absences.store.js';

/** Who looks at the absences of others. */
export const viewerOf = ({ actor }: Requester): Viewer => ({
  userId: actor.userId,
  isAdmin: hasPermission(actor, 'users.edit'),
});

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
