/** No lease is shorter: it is renewed while its holder lives, so that it need not outlast the work. */
export const shortestLeaseSeconds = 10;
const renewEverySeconds = 3;

/** How a lease is renewed outside the event loop: one statement and its values. */
export interface LeaseRenewal {
  readonly text: string;
  readonly values: readonly string[];
}

/** Renews claims while the event loop is blocked and no timer of ours runs (`database/lease-keeper.ts`). */
export interface LeaseKeeper {
  /** Until the result is called. */
  keep(renewal: LeaseRenewal): () => void;
}

/** The claim is somebody else's by now, so nothing more may be sent under it. */
export class LeaseLost extends Error {
  constructor() {
    super('lease lost: it was not renewed in time, and another worker has taken over');
    this.name = 'LeaseLost';
  }
}

/** Asks for the claim anew where it may have run out meanwhile, as in a process that was stopped. Rejects with `LeaseLost`. */
export type EnsureLeased = () => Promise<void>;

/**
 * Does the work under a claim that is renewed meanwhile: by a timer, whose failure the next one makes up for, and by the
 * keeper of `keep` while this event loop is blocked. `renew` resolves with false where the claim is lost. `work` calls
 * `ensureHeld` before each act that must not be done twice.
 */
export async function whileLeased<Result>(
  renew: () => Promise<unknown>,
  work: (ensureHeld: EnsureLeased) => Promise<Result>,
  keep: () => (() => void) | undefined = () => undefined,
): Promise<Result> {
  let renewedAt = performance.now();
  const renewNow = async () => {
    const at = performance.now();
    if ((await renew()) === false) throw new LeaseLost();
    renewedAt = at;
  };
  const ensureHeld = async () => {
    const secondsLeft = shortestLeaseSeconds - (performance.now() - renewedAt) / 1000;
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

declare module '../deps.js' {
  interface Deps {
    /** Renews leases while the event loop is blocked. Absent in tests, whose clocks are their own. */
    readonly leases?: LeaseKeeper;
  }
}
