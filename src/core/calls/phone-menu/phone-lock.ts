/** So many wrong PINs lock a mailbox (PRODUCT.md §5). */
export const failuresUntilLocked = 5;

/** How long it stays locked the first times within `seriesHours`, and from then on. */
const firstLockMinutes = [15, 60] as const;
const laterLockMinutes = 240;

/** A mailbox that is locked again within this time is locked for longer, and its owner is not told anew. */
export const seriesHours = 24;

/** Return for how many minutes a mailbox is locked the nth time in a row. */
export const minutesOfLock = (times: number): number => firstLockMinutes[times - 1] ?? laterLockMinutes;

/** A lock as its owner sees it. */
export interface PhoneLock {
  readonly fromOwner: boolean;
  readonly times: number;
  readonly lockedAt: Date;
  readonly until: Date;
}
