import { LRUCache } from 'lru-cache';
import { rateLimit } from '../core/rate-limit.js';
import { clientAddress } from '../http/client-address.js';

/** Addresses of keys that are no more, as a switch that nobody told may send them; a guesser sends thousands a second. */
const wrongKeys = { burst: 60, perMinute: 30 };
const closedMilliseconds = 60_000;

/** Wrong keys by the address of their sender: each costs a query, which callers on the phone may be waiting behind. */
export interface WrongKeys {
  /** Whether this sender is not to be looked up now. */
  isClosed(ip: string): boolean;
  /** A key of this sender was wrong. */
  note(ip: string): void;
}

/** Create the count. A sender over the limit is closed for a minute. */
export function countWrongKeys(): WrongKeys {
  const wrong = rateLimit(wrongKeys);
  const closed = new LRUCache<string, true>({ max: 20_000, ttl: closedMilliseconds });
  return {
    isClosed: (ip) => closed.has(clientAddress({ ip })),
    note(ip) {
      const sender = clientAddress({ ip });
      if (!wrong.take(sender)) closed.set(sender, true);
    },
  };
}
