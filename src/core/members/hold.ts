import type { Deps } from '../deps.js';
import { type ClaimedList, renewListClaim } from './refresh.store.js';

/** Somebody else reads this list by now. */
export class ClaimLost extends Error {}

/** A claim on a list that stays ours for as long as its reading takes. */
export interface HeldList {
  readonly workspace: Omit<ClaimedList, 'claimedAt'>;
  /** Renews the claim; rejects with `ClaimLost` where it is somebody else's. */
  hold(): Promise<void>;
  /** Renews it no more; the claim as it stands, to settle by. */
  stop(): Promise<ClaimedList>;
}

/**
 * Renews one after the other, since each renewal knows the claim by what the one before wrote: between portions, and by
 * the clock, because a platform that asks for patience may keep us at one page for longer than a claim holds.
 */
export function heldList(deps: Deps, claimed: ClaimedList): HeldList {
  let list = claimed;
  let isStopped = false;
  let last: Promise<unknown> = Promise.resolve();
  const renew = async () => {
    const renewed = await renewListClaim(deps.db, list, deps.clock.now());
    if (!renewed) throw new ClaimLost();
    list = renewed;
  };
  return {
    workspace: claimed,
    async hold() {
      if (isStopped) return;
      const next = last.then(renew);
      last = next.catch(() => undefined);
      await next;
    },
    async stop() {
      isStopped = true;
      await last;
      return list;
    },
  };
}
