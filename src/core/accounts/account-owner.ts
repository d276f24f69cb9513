import type { AccountKey } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import { findOwnerId } from './account-owner.store.js';

/** Whose account this is, for a page that shows it anew when something of theirs changes; undefined: not linked yet. */
export const ownerOfAccount = (deps: Deps, account: AccountKey): Promise<UserId | undefined> =>
  findOwnerId(deps.db, account);
