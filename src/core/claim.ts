/**
 * How long a claim on a row holds. Longer than a mail server or a platform that asks for patience keeps us waiting, so
 * that nobody sends beside us; short enough that what a killed process left is soon taken up.
 */
const claimSeconds = 90;

/** Whoever claimed before this is gone. */
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - claimSeconds * 1000);

/** A short claim, for what somebody waits for: renewed while its holder lives, so that it need not outlast the work. */
export const shortClaimSeconds = 10;
const renewEverySeconds = 3;

/** Until when a short claim holds that is made or renewed now. */
export const heldUntil = (now: Date): Date => new Date(now.getTime() + shortClaimSeconds * 1000);

/** A claim as somebody outside the event loop can renew it: one statement and what goes into it. */
export interface Lease {
  readonly text: string;
  readonly values: readonly string[];
}

/** Renews claims while the event loop is blocked and no timer of ours runs (`database/lease-keeper.ts`). */
export interface LeaseKeeper {
  /** Until the result is called. */
  keep(lease: Lease): () => void;
}

/** The claim is somebody else's by now, so nothing more may be sent under it. */
export class LeaseLost extends Error {
  constructor() {
    super('lease lost: it was not renewed in time, and another worker has taken over');
    this.name = 'LeaseLost';
  }
}

/** Asks for the claim anew where it may have run out meanwhile, as in a process that was stopped. Rejects with `LeaseLost`. */
export type EnsureHeld = () => Promise<void>;

/**
 * Does the work under a claim that is renewed meanwhile: by a timer, whose failure the next one makes up for, and by the
 * keeper of `keep` while this event loop is blocked. `renew` resolves with false where the claim is lost. `work` calls
 * `ensureHeld` before each act that must not be done twice.
 */
export async function whileHeld<Result>(
  renew: () => Promise<unknown>,
  work: (ensureHeld: EnsureHeld) => Promise<Result>,
  keep: () => (() => void) | undefined = () => undefined,
): Promise<Result> {
  let renewedAt = performance.now();
  const renewNow = async () => {
    const at = performance.now();
    if ((await renew()) === false) throw new LeaseLost();
    renewedAt = at;
  };
  const ensureHeld = async () => {
    const secondsLeft = shortClaimSeconds - (performance.now() - renewedAt) / 1000;
    if (secondsLeft < renewEverySeconds) await renewNow();
  };
  const release = keep();
  const timer = setInterval(() => void renewNow().catch(() => {}), renewEverySeconds * 1000);
  try {
    return await work(ensureHeld);
  } finally {
    clearInterval(timer);
    release?.();
  }
}
