import { LRUCache } from 'lru-cache';

/** So many are known by name; the one that was longest quiet is forgotten first, and starts anew. */
const mostKeys = 20_000;

/** How often somebody may do something. */
export interface RateLimit {
  /** Counts one more for this key; false: too many, and it is not counted. */
  take(key: string): boolean;
}

/**
 * A token bucket for each key: `burst` at once, then `perMinute`. It is this process's own: of several web processes each
 * allows as much, so the limit holds to within their number. What must hold exactly is counted in rows.
 */
export function rateLimit({ burst, perMinute }: { readonly burst: number; readonly perMinute: number }): RateLimit {
  const buckets = new LRUCache<string, { left: number; at: number }>({ max: mostKeys });
  return {
    take(key) {
      const at = performance.now();
      const bucket = buckets.get(key) ?? { left: burst, at };
      const left = Math.min(burst, bucket.left + ((at - bucket.at) / 60_000) * perMinute);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at });
      return left >= 1;
    },
  };
}

/** For a place that is measured, or trusted. */
export const noLimit: RateLimit = { take: () => true };
