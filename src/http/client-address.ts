import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/**
 * Who calls, as a limit counts them: an IPv4 address, or the /64 network of an IPv6 one, since one line has all of it.
 * Express takes the address from `X-Forwarded-For` only where `TRUSTED_PROXIES` says so.
 */
export function clientAddress({ ip = '' }: Pick<Request, 'ip'>): string {
  // On a socket for both kinds IPv4 comes as ::ffff:192.0.2.1: one network for everybody.
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip)?.[1];
  return mapped ?? ipKeyGenerator(ip, 64);
}
