import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';

/**
 * What the pages may load: our own files, and nothing inline. The nonce is for the waveform alone, which keeps its
 * style in a shadow tree of its own.
 */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  const nonce = randomBytes(16).toString('base64');
  response.locals.nonce = nonce;
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: https:",
      "font-src 'self'",
      "connect-src 'self'",
      "media-src 'self' blob:",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  // With `no-referrer` a browser would send `Origin: null` with our own forms.
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
  response.setHeader('Cache-Control', 'private, no-store');
  next();
};

/**
 * Refuses what another site's page sends in a person's name, beside the cookie's SameSite. The rule of Go's
 * `http.CrossOriginProtection`: browsers say where a request comes from; what says nothing is no browser.
 * https://pkg.go.dev/net/http#CrossOriginProtection
 */
export const sameOrigin: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();

  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const ours =
    site === undefined
      ? origin === undefined || hostOf(origin) === request.get('host')
      : site === 'same-origin' || site === 'none';
  if (ours) return next();
  response.status(403).type('text/plain').send('This was sent from another site, so nothing was done.\n');
};

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
