/**
 * How long a claim on a row holds. Longer than a mail server or a platform that asks for patience keeps us waiting, so
 * that nobody sends beside us; short enough that what a killed process left is soon taken up.
 */
const claimSeconds = 90;

/** Whoever claimed before this is gone. */
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - claimSeconds * 1000);

/** A short claim, for what somebody waits for: renewed while its holder lives, so that it need not outlast the work. */
const shortClaimSeconds = 10;
const renewEverySeconds = 3;

/** Until when a short claim holds that is made or renewed now. */
export const heldUntil = (now: Date): Date => new Date(now.getTime() + shortClaimSeconds * 1000);

/** Does the work, and has its short claim renewed meanwhile. A renewal that fails is made up for by the next. */
export async function whileHeld<Result>(renew: () => Promise<unknown>, work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => void renew().catch(() => {}), renewEverySeconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
