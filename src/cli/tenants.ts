import { installationActor } from '../core/chat/actor.js';
import { changeSetting } from '../core/settings/change-setting.js';
import { addTenant, listTenants } from '../core/tenants/tenants.js';
import { companyMeant, withInstallation } from './installation.js';
import { complain, print, printJson, printTable } from './print.js';

/** `attendant tenant create`: prints the id, which `--tenant` takes. */
export async function createTenant(name: string, { json }: { readonly json: boolean }): Promise<void> {
  const id = await withInstallation((deps) => addTenant(deps, name));
  if (json) printJson({ id });
  else print(id);
}

/** `attendant tenant list`. */
export async function printTenants({ json }: { readonly json: boolean }): Promise<void> {
  const tenants = await withInstallation(({ db }) => listTenants(db));
  printTable(
    tenants.map(({ id, name, edition, enabled, users }) => ({
      id,
      name,
      edition,
      enabled: enabled ? 'yes' : 'no',
      users,
    })),
    { columns: ['id', 'name', 'edition', 'enabled', 'users'], json },
  );
}

/** `attendant tenant disable`: as the setting `enabled` does, which switches it on again. */
export async function disableTenant(id: string): Promise<void> {
  const changed = await withInstallation(async (deps) => {
    const tenantId = await companyMeant(deps, id);
    return changeSetting(deps, installationActor(tenantId, 'cli'), { userId: undefined, key: 'enabled' }, 'no');
  });
  if (!changed) return complain('It was so already; nothing was written.');
  print(`The company is switched off. “attendant settings --tenant ${id} enabled yes” switches it on again.`);
}
