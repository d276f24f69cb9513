import { createHash, randomBytes } from 'node:crypto';
import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findKeys, findTenantOfKey, insertKey, markRevoked } from './api-keys.store.js';

export { findKeys };

/** Create a key to the JSON API. It can be read only now: only its hash is stored. */
export async function createApiKey(deps: Deps, actor: Actor): Promise<string> {
  const key = `att_${randomBytes(32).toString('base64url')}`;
  await change(deps, actor, (change) => insertKey(change, hashOfKey(key), hintOf(key)));
  return key;
}

/**
 * Revoke the key that begins with this hint, or this very key. Returns how many were revoked: 0 for an unknown key.
 */
export const revokeApiKey = (deps: Deps, actor: Actor, key: string): Promise<number> =>
  change(deps, actor, (change) => markRevoked(change, hintOf(key), hashOfKey(key)));

/** Return the company of this key, while it is not revoked. */
export const tenantOfKey = (deps: Deps, key: string): Promise<TenantId | undefined> =>
  findTenantOfKey(deps.db, hashOfKey(key));

/** A key has 32 random bytes, so a plain hash of it cannot be guessed back. */
const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Tells keys apart and gives no access. */
const hintOf = (key: string): string => key.slice(0, 12);
