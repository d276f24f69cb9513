import type { AccountKey } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import { findOwnerId } from './account-owner.store.js';

/**
 * Return the user to whom an account is linked, for a page that refreshes when something of theirs changes; undefined:
 * not linked yet.
 */
export const ownerOfAccount = (deps: Deps, account: AccountKey): Promise<UserId | undefined> =>
  findOwnerId(deps.db, account);
