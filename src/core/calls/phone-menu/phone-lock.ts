/** So many wrong PINs lock a mailbox (PRODUCT.md §5). */
export const failuresUntilLocked = 5;

/** How long it stays locked: the first time, and again and again within `seriesHours`. */
const lockMinutes = [15, 60, 240] as const;

/** A mailbox that is locked again within this time is locked for longer, and its owner is not told anew. */
export const seriesHours = 24;

/** Return for how many minutes a mailbox is locked the nth time in a row. */
export const minutesOfLock = (times: number): number => lockMinutes[Math.min(times, lockMinutes.length) - 1] ?? 240;

/** A lock as its owner sees it. */
export interface PhoneLock {
  readonly fromOwner: boolean;
  readonly times: number;
  readonly lockedAt: Date;
  readonly until: Date;
}
