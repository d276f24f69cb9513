import { randomUUID } from 'node:crypto';
import { change } from '../change.js';
import { installation } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { as, type TenantId } from '../ids.js';
import { createTenant, findOldestTenant, type NewTenant } from './tenants.store.js';

export { findOldestTenant as findDefaultTenant, findTenant, findTenants } from './tenants.store.js';

/** The company that is meant where none is named: the first one of this installation, founded if there is none yet. */
export async function defaultTenant(deps: Deps, company: NewTenant = { name: 'My company' }): Promise<TenantId> {
  const tenant = await findOldestTenant(deps.db);
  if (tenant) return tenant;
  const tenantId = as<TenantId>(randomUUID());
  await change(deps, installation(tenantId, 'cli'), (change) => createTenant(change, company));
  return tenantId;
}
