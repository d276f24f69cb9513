import { installationActor } from '../core/chat/actor.js';
import { changeSetting } from '../core/settings/change-setting.js';
import { addTenant, listTenants } from '../core/tenants/tenants.js';
import { print, printError, printJson, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

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

/** `attendant tenant disable`: turn the setting `enabled` off; the setting turns it on again. */
export async function disableTenant(id: string): Promise<void> {
  const changed = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, id);
    return changeSetting(deps, installationActor(tenantId, 'cli'), { userId: undefined, key: 'enabled' }, 'no');
  });
  if (!changed) return printError('It was so already; nothing was written.');
  print(`The company is switched off. “attendant settings --tenant ${id} enabled yes” switches it on again.`);
}
