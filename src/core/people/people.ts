import type { Db, Transaction } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { findNames } from './people.store.js';

/** The front door to the people of a company, for the other features. */
export {
  findAccessBefore,
  findAdmins,
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

/** Display names by user id, in one query; somebody who is gone is missing from the map. */
export const namesOf = (
  db: Db | Transaction,
  tenantId: TenantId,
  userIds: readonly (UserId | undefined)[],
): Promise<ReadonlyMap<string, string>> =>
  findNames(db, tenantId, [...new Set(userIds.filter((id) => id !== undefined))]);
