import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

/**
 * The key by which rate limits count a client: an IPv4 address, or the /64 network of an IPv6 address, because one
 * subscriber has a whole /64. Express takes the address from `X-Forwarded-For` only where `TRUSTED_PROXIES` allows it.
 */
export function clientAddress({ ip = '' }: Pick<Request, 'ip'>): string {
  // On a dual-stack socket an IPv4 address is ::ffff:192.0.2.1; its /64 would be shared by all of them.
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip)?.[1];
  return mapped ?? ipKeyGenerator(ip, 64);
}
