import { createApiKey, findKeys, revokeApiKey } from '../core/api-keys/api-keys.js';
import { installationActor } from '../core/chat/actor.js';
import { print, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface OfTenant {
  readonly tenant?: string;
}

/** `attendant api-key create`. */
export async function createKey({ tenant }: OfTenant): Promise<void> {
  const key = await withInstallation(async (deps) =>
    createApiKey(deps, installationActor(await companyOrFirst(deps, tenant), 'cli')),
  );
  print(key);
}

/** `attendant api-key revoke`. */
export async function revokeKey(key: string, { tenant }: OfTenant): Promise<void> {
  const revoked = await withInstallation(async (deps) =>
    revokeApiKey(deps, installationActor(await companyOrFirst(deps, tenant), 'cli'), key),
  );
  if (revoked === 0)
    throw new Error('There is no such key, or it is revoked already. “attendant api-key list” shows them.');
  print('The key is revoked.');
}

/** `attendant api-key list`. */
export async function listKeys({ tenant, json }: OfTenant & { readonly json: boolean }): Promise<void> {
  const found = await withInstallation(async (deps) => findKeys(deps.db, await companyOrFirst(deps, tenant)));
  const rows = found.map(({ hint, createdAt, revokedAt }) => ({
    key: `${hint}…`,
    created: createdAt.toISOString(),
    revoked: revokedAt?.toISOString() ?? '',
  }));
  printTable(rows, { columns: ['key', 'created', 'revoked'], json });
}
