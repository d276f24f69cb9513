import type { Deps } from '../../deps.js';
import { type ClaimedList, renewListClaim } from './refresh-list.store.js';

/** Somebody else reads this list by now. */
export class ListLeaseLost extends Error {}

/** A lease on a list that stays ours for as long as its reading takes. */
export interface LeasedList {
  readonly workspace: ClaimedList;
  /** Renews the lease; rejects with `ClaimLost` where it is somebody else's. */
  hold(): Promise<void>;
}

/**
 * Renewed between portions, and by the clock, because a platform that asks for patience may keep us at one page for
 * longer than a lease holds.
 */
export const leasedList = (deps: Deps, claimed: ClaimedList): LeasedList => ({
  workspace: claimed,
  async hold() {
    if (!(await renewListClaim(deps.db, deps.clock, claimed))) throw new ListLeaseLost();
  },
});
