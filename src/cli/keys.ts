import { createApiKey, createMailKey, findKeys, revokeApiKey } from '../core/api-keys/api-keys.js';
import { installationActor } from '../core/chat/actor.js';
import { print, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface OfTenant {
  readonly tenant?: string;
}

/** `attendant api-key create`; with `mail`, a key for voicemails by e-mail. */
export async function createKey({ tenant, mail }: OfTenant & { readonly mail: boolean }): Promise<void> {
  const create = mail ? createMailKey : createApiKey;
  const key = await withInstallation(async (deps) =>
    create(deps, installationActor(await companyOrFirst(deps, tenant), 'cli')),
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
  const rows = found.map(({ hint, purpose, createdAt, revokedAt }) => ({
    key: `${hint}…`,
    for: purpose,
    created: createdAt.toISOString(),
    revoked: revokedAt?.toISOString() ?? '',
  }));
  printTable(rows, { columns: ['key', 'for', 'created', 'revoked'], json });
}
