import { createHash, randomBytes } from 'node:crypto';
import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findKeys, findTenantOfKey, insertKey, markRevoked } from './api-keys.store.js';

export { findKeys };

/** Makes a key to the JSON API. This is the only time it can be read: only its hash is kept. */
export async function createApiKey(deps: Deps, actor: Actor): Promise<string> {
  const key = `att_${randomBytes(32).toString('base64url')}`;
  await change(deps, actor, (change) => insertKey(change, hashOfKey(key), hintOf(key)));
  return key;
}

/** Revokes the key that begins so, or this very key. How many were revoked: 0 when none is meant. */
export const revokeApiKey = (deps: Deps, actor: Actor, key: string): Promise<number> =>
  change(deps, actor, (change) => markRevoked(change, hintOf(key), hashOfKey(key)));

/** Whose key this is, while it is not revoked. */
export const tenantOfKey = (deps: Deps, key: string): Promise<TenantId | undefined> =>
  findTenantOfKey(deps.db, hashOfKey(key));

/** A key has 32 random bytes, so a plain hash of it cannot be guessed back. */
const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Tells keys apart and opens nothing. */
const hintOf = (key: string): string => key.slice(0, 12);
