import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { tenantOfKey } from '../core/api-keys/api-keys.js';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import type { RateLimit } from '../core/rate-limit.js';
import { findDefaultTenant } from '../core/tenants/tenants.js';
import { clientAddress } from '../http/client-address.js';
import { ApiProblem } from './problem.js';

const unauthorized = (detail: string): ApiProblem =>
  new ApiProblem(401, 'unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="attendant"' } });

const tooManyGuesses = new ApiProblem(429, 'too-many-requests', 'Too many wrong keys. Try again in 60 s.', {
  headers: { 'Retry-After': '60' },
});

/**
 * Create the reader of bearer keys: the key of the environment, which is the default company's, and the keys stored as
 * hashes. `guesses` counts wrong keys by address; above its limit the answer is 429. A right key is still accepted from
 * there, because generated keys cannot be guessed and many clients may share an address.
 */
export function apiKeyReader(
  deps: Deps,
  environmentKey: string | undefined,
  guesses: RateLimit,
): (request: Request) => Promise<TenantId> {
  const expected = environmentKey === undefined ? undefined : digest(environmentKey);
  let defaultTenant: TenantId | undefined;

  return async (request) => {
    try {
      return await tenantOf(keyIn(request));
    } catch (error) {
      if (error instanceof ApiProblem && !guesses.take(clientAddress(request))) throw tooManyGuesses;
      throw error;
    }
  };

  async function tenantOf(key: string | undefined): Promise<TenantId> {
    if (key === undefined) throw unauthorized('Send an API key as “Authorization: Bearer KEY”.');
    // Digests have equal lengths and are compared in constant time, so that the delay of an answer reveals nothing
    // about the key.
    if (expected && timingSafeEqual(expected, digest(key))) {
      defaultTenant ??= await findDefaultTenant(deps.db);
      if (defaultTenant === undefined)
        throw unauthorized('There is no company yet. Make one with “attendant tenant create”.');
      return defaultTenant;
    }
    const tenantId = await tenantOfKey(deps, key);
    if (tenantId === undefined)
      throw unauthorized('This API key is not known, or is revoked. Make one with “attendant api-key create”.');
    return tenantId;
  }
}

const keyIn = (request: Request): string | undefined =>
  /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.get('authorization') ?? '')?.[1];

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
