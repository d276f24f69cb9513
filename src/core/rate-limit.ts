import { LRUCache } from 'lru-cache';

/** The most keys remembered; the least recently used is forgotten first, and starts with a full bucket. */
const mostKeys = 20_000;

/** How often a person may do something. */
export interface RateLimit {
  /** Count one more for this key; false: over the limit, and not counted. */
  take(key: string): boolean;
}

/**
 * Create a token bucket for each key: `burst` at once, then `perMinute`. Local to this process: each web process has
 * its own buckets, so the effective limit is at most this times the number of processes. An exact limit must count
 * rows.
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

/** A limit that allows everything, for benchmarks and trusted installations. */
export const noLimit: RateLimit = { take: () => true };
