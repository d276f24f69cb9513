import { createHash, randomBytes, randomInt } from 'node:crypto';
import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findKeys, findTenantOfKey, insertKey, type KeyPurpose, markRevoked } from './api-keys.store.js';

export { findKeys };

/** Create a key to the JSON API. It can be read only now: only its hash is stored. */
export const createApiKey = (deps: Deps, actor: Actor): Promise<string> =>
  createKey(deps, actor, 'api', `${apiKeyPrefix}${randomBytes(32).toString('base64url')}`);

/**
 * Create a key for voicemails by e-mail, which stands in their address (docs/voicemail-by-mail.md). It can be read only
 * now: only its hash is stored.
 */
export const createMailKey = (deps: Deps, actor: Actor): Promise<string> =>
  createKey(
    deps,
    actor,
    'mail',
    Array.from({ length: mailKeyLength }, () => mailKeyAlphabet[randomInt(mailKeyAlphabet.length)]).join(''),
  );

/**
 * Revoke the keys that begin with this hint, or this very key. Returns how many were revoked: 0 for an unknown key.
 */
export const revokeApiKey = (deps: Deps, actor: Actor, key: string): Promise<number> =>
  change(deps, actor, (change) => markRevoked(change, hintOf(key), hashOfKey(key)));

/** Return the company of this key to the JSON API, while it is not revoked. */
export const tenantOfKey = (deps: Deps, key: string): Promise<TenantId | undefined> =>
  findTenantOfKey(deps.db, hashOfKey(key), 'api');

/** Return the company of this key for voicemails by e-mail, in any case of its letters, while it is not revoked. */
export const tenantOfMailKey = (deps: Deps, key: string): Promise<TenantId | undefined> =>
  findTenantOfKey(deps.db, hashOfKey(key.toLowerCase()), 'mail');

async function createKey(deps: Deps, actor: Actor, purpose: KeyPurpose, key: string): Promise<string> {
  await change(deps, actor, (change) => insertKey(change, { hash: hashOfKey(key), hint: hintOf(key), purpose }));
  return key;
}

const apiKeyPrefix = 'att_';

/** Mail systems may change the case of an address, and people copy it: one case, no letters that look alike. */
const mailKeyAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 118 bits, of which the hint shows 29; half of the 64 characters that may stand before the @ are left. */
const mailKeyLength = 24;

/** A key has at least 89 random bits beside its hint, so a plain hash of it cannot be guessed back. */
const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Tells keys apart and gives no access. */
const hintOf = (key: string): string => key.slice(0, key.startsWith(apiKeyPrefix) ? 12 : 6);
