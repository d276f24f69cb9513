/** The minimum length of a lease. It is renewed while its holder lives, so it may be shorter than the work. */
export const shortestLeaseSeconds = 10;
const renewalIntervalSeconds = 3;

/** The renewal of a lease outside the event loop: one statement and its values. */
export interface LeaseRenewal {
  readonly text: string;
  readonly values: readonly string[];
}

/** Renews leases while the event loop is blocked and no timer runs (`database/lease-keeper.ts`). */
export interface LeaseKeeper {
  /** Renew the lease until the returned function is called. */
  keep(renewal: LeaseRenewal): () => void;
}

/** Another worker holds the lease now, so nothing more may be sent under it. */
export class LeaseLost extends Error {
  constructor() {
    super('lease lost: it was not renewed in time, and another worker has taken over');
    this.name = 'LeaseLost';
  }
}

/** Renews the lease if it may have run out, as after the process was suspended. Rejects with `LeaseLost`. */
export type EnsureLeased = () => Promise<void>;

/**
 * Run `work` under a lease and renew it meanwhile: by a timer, which retries after a failure, and by the keeper of
 * `keep` while this event loop is blocked. `renew` resolves with false if the lease is lost. `work` calls `ensureHeld`
 * before each action that must not happen twice.
 */
export async function runLeased<Result>(
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
    if (secondsLeft < renewalIntervalSeconds) await renewNow();
  };
  const release = keep();
  const timer = setInterval(() => void renewNow().catch(() => {}), renewalIntervalSeconds * 1000);
  try {
    return await work(ensureHeld);
  } finally {
    clearInterval(timer);
    release?.();
  }
}

declare module '../deps.js' {
  interface Deps {
    /** Renews leases while the event loop is blocked. Absent in tests with a fake clock. */
    readonly leases?: LeaseKeeper;
  }
}
