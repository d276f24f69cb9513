import type { Deps } from '../../deps.js';
import { type ClaimedList, renewListClaim } from './refresh-workspace-members.store.js';

/** Another worker reads this list now. */
export class ListLeaseLost extends Error {}

/** A lease on a list for as long as its reading takes. */
export interface LeasedList {
  readonly workspace: ClaimedList;
  /** Renew the lease. Rejects with `ListLeaseLost` if another worker holds it. */
  renew(): Promise<void>;
}

/**
 * Renewed between portions, and by a timer, because a rate-limited platform may delay one page for longer than a lease.
 */
export const leasedList = (deps: Deps, claimed: ClaimedList): LeasedList => ({
  workspace: claimed,
  async renew() {
    if (!(await renewListClaim(deps.db, deps.clock, claimed))) throw new ListLeaseLost();
  },
});
