import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';

/**
 * The content security policy: our own files, nothing inline. The nonce is for the waveform only, whose style is in a
 * shadow tree. `framedBy`: the sites that may show our pages in a frame.
 */
export const pageHeaders =
  (framedBy: readonly string[]): RequestHandler =>
  (_request, response, next) => {
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
        `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
      ].join('; '),
    );
    // The older header can name no sites; browsers that read the policy above ignore it, others would refuse the frame.
    if (framedBy.length > 0) response.removeHeader('X-Frame-Options');
    // With `no-referrer` a browser would send `Origin: null` with our own forms.
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
    response.setHeader('Cache-Control', 'private, no-store');
    next();
  };

/**
 * Refuse requests sent from another site's page, in addition to the cookie's SameSite. The rule of Go's
 * `http.CrossOriginProtection`: browsers state the origin of a request; a request without one is not from a browser.
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
