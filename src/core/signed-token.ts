import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Sign text that leaves the app and must come back unchanged (a link, a cookie): `text.signature`, safe in a URL.
 * A signature for one `purpose` is invalid for any other.
 */
export const signText = (secret: string, purpose: string, text: string): string =>
  `${text}.${signature(secret, purpose, text)}`;

/** Return the signed text; undefined if the signature is invalid. */
export function readSignedText(secret: string, purpose: string, token: string): string | undefined {
  const dot = token.lastIndexOf('.');
  if (dot < 1) return undefined;
  const text = token.slice(0, dot);
  const given = Buffer.from(token.slice(dot + 1));
  const right = Buffer.from(signature(secret, purpose, text));
  return given.length === right.length && timingSafeEqual(given, right) ? text : undefined;
}

const signature = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
