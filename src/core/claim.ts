/**
 * How long a claim on a row holds. Longer than a mail server or a platform that asks for patience keeps us waiting, so
 * that nobody sends beside us; short enough that what a killed process left is soon taken up.
 */
const claimSeconds = 90;

/** Whoever claimed before this is gone. */
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - claimSeconds * 1000);
