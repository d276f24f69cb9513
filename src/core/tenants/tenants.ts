import { randomUUID } from 'node:crypto';
import { change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, type TenantId } from '../ids.js';
import { oneLine } from '../text.js';
import { createTenant, findOldestTenant, type NewTenant } from './tenants.store.js';

export {
  findOldestTenant as findDefaultTenant,
  findTenant,
  findTenants,
  isEnabled,
  listTenants,
} from './tenants.store.js';

/** Return the default company: the oldest of this installation, created if there is none yet. */
export async function defaultTenant(deps: Deps, company: NewTenant = { name: 'My company' }): Promise<TenantId> {
  const tenant = await findOldestTenant(deps.db);
  if (tenant) return tenant;
  return foundTenant(deps, company);
}

/** More than any company's name. */
const longestName = 200;

/** Create another company. Throws UserError for an unreadable name. */
export async function addTenant(deps: Deps, typed: string): Promise<TenantId> {
  const name = oneLine(typed, longestName);
  if (name === '' || typed.length > longestName) throw new UserError((words) => words.tenants.badName(longestName));
  return foundTenant(deps, { name });
}

async function foundTenant(deps: Deps, company: NewTenant): Promise<TenantId> {
  const tenantId = asId<TenantId>(randomUUID());
  await change(deps, installationActor(tenantId, 'cli'), (change) => createTenant(change, company));
  return tenantId;
}
