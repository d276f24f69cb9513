import type { Db, Transaction } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { findNames } from './people.store.js';

/** The functions over a company's people that other features may import. */
export {
  findAccessBefore,
  findAdmins,
  findAgentIds,
  findByNumbers,
  findPersonBy,
  findRole,
  findTenantOf,
  findUser,
  findUserByAccount,
  findUsers,
  findWithDefaultBackup,
  replaceDefaultBackup,
  updateDefaultBackup,
} from './people.store.js';
export { findRestingNumbers, findTakenExtensions, restingKinds } from './resting-numbers.store.js';
export { findTakenNumbers } from './taken-numbers.store.js';

/** Return display names by user id, in one query; users who are gone are missing from the map. */
export const namesOf = (
  db: Db | Transaction,
  tenantId: TenantId,
  userIds: readonly (UserId | undefined)[],
): Promise<ReadonlyMap<string, string>> =>
  findNames(db, tenantId, [...new Set(userIds.filter((id) => id !== undefined))]);
