import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** The content of Bot Framework's tokens, and every way in which they can be invalid. */
export interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly serviceurl?: string | undefined;
  readonly exp?: number;
  readonly nbf?: number;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** A key pair as Microsoft publishes it. */
export function signingKey(endorsements: readonly string[] | undefined = ['msteams']): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...(endorsements ? { endorsements } : {}) };
  return { kid, privateKey, jwk };
}

/** A token signed here, so that an invalid one can be made too. */
export function tokenOf(
  claims: Claims,
  key: SigningKey,
  header: { alg: string; kid?: string } = { alg: 'RS256' },
): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { nbf: now - 10, exp: now + 3600, ...claims };
  const body = [{ typ: 'JWT', kid: key.kid, ...header }, payload].map(part).join('.');
  return `${body}.${sign('sha256', Buffer.from(body), key.privateKey).toString('base64url')}`;
}

export const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
