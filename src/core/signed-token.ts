import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Text that leaves the house and must come back unchanged (a link, a cookie): `text.signature`, safe in a URL.
 * `purpose` keeps a signature made for one thing from counting for another.
 */
export const signed = (secret: string, purpose: string, text: string): string =>
  `${text}.${signature(secret, purpose, text)}`;

/** The text that was signed so; undefined when it was not, or was changed on the way. */
export function readSigned(secret: string, purpose: string, token: string): string | undefined {
  const dot = token.lastIndexOf('.');
  if (dot < 1) return undefined;
  const text = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const right = Buffer.from(signature(secret, purpose, text));
  return given.length === right.length && timingSafeEqual(given, right) ? text : undefined;
}

const signature = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
