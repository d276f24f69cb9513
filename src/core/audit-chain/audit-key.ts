import { createHmac } from 'node:crypto';

/**
 * The key of the audit chain, prepared for HMAC (RFC 2104): the 64-byte block XORed with 0x36 and with 0x5c, in hex.
 * PostgreSQL has SHA-256 but no HMAC without an extension, so both sides compute it from these two.
 */
export interface AuditKey {
  readonly key: Buffer;
  readonly inner: string;
  readonly outer: string;
}

const blockBytes = 64;

/**
 * Derive the audit key from ATTENDANT_SECRET. A separate key: a database that logs the parameters of statements may
 * hold it, and must not hold the key that signs links and sessions.
 */
export function auditKeyOf(secret: string): AuditKey {
  const known = derived.get(secret);
  if (known) return known;
  const key = createHmac('sha256', secret).update('audit chain').digest();
  const block = Buffer.concat([key, Buffer.alloc(blockBytes - key.length)]);
  const padded = (mask: number) => Buffer.from(block.map((byte) => byte ^ mask)).toString('hex');
  const made = { key, inner: padded(0x36), outer: padded(0x5c) };
  derived.set(secret, made);
  return made;
}

/** A process has one secret; the tests of a file have few. */
const derived = new Map<string, AuditKey>();

/** Return the HMAC-SHA-256 in hex. */
export const keyedHash = ({ key }: AuditKey, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');
