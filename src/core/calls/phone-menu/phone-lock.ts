/** So many wrong PINs lock a mailbox (PRODUCT.md §5). */
export const failuresUntilLocked = 5;

/** How long it stays locked. */
export const lockMinutes = 15;
