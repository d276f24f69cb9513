import type { Deps } from '../core/deps.js';
import { findPerson } from '../core/directory/find-person.js';
import { UserError } from '../core/errors.js';
import type { TenantId, UserId } from '../core/ids.js';
import { findTenant } from '../core/tenants/tenants.js';

/** Return the person of a company whom an option names. Throws UserError where it fits nobody, or several. */
export async function personMeant(deps: Deps, tenantId: TenantId, who: string): Promise<UserId> {
  const tenant = await findTenant(deps.db, tenantId);
  const found = tenant && (await findPerson(deps, tenant, { text: who }));
  if (found?.kind === 'person') return found.person.id;
  if (found?.kind === 'several') throw new UserError((words) => words.bulk.severalUsers(who), 409);
  throw new UserError((words) => words.bulk.noSuchUser(who), 404);
}
