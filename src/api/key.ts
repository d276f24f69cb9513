import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { tenantOfKey } from '../core/api-keys/api-keys.js';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import { findDefaultTenant } from '../core/tenants/tenants.js';
import { ApiProblem } from './problem.js';

const unauthorized = (detail: string): ApiProblem =>
  new ApiProblem(401, 'unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="attendant"' } });

/** Reads bearer keys: the one of the environment, which is the default company's, and those kept hashed. */
export function keyReader(deps: Deps, environmentKey: string | undefined): (request: Request) => Promise<TenantId> {
  const expected = environmentKey === undefined ? undefined : digest(environmentKey);
  let defaultTenant: TenantId | undefined;

  return async (request) => {
    const key = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.get('authorization') ?? '')?.[1];
    if (key === undefined) throw unauthorized('Send an API key as “Authorization: Bearer KEY”.');

    // Digests have one length and are compared in one time, so that an answer's delay tells nothing of the key.
    if (expected && timingSafeEqual(expected, digest(key))) {
      defaultTenant ??= await findDefaultTenant(deps.db);
      if (defaultTenant === undefined) throw unauthorized('There is no company yet. Make one with “attendant seed”.');
      return defaultTenant;
    }
    const tenantId = await tenantOfKey(deps, key);
    if (tenantId === undefined)
      throw unauthorized('This API key is not known, or is revoked. Make one with “attendant api-key create”.');
    return tenantId;
  };
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
