/** Slots for uploads, so that the concurrent ones fit into memory. */
export interface UploadSlots {
  /**
   * Take `cost` for an `owner`, waiting for others to finish if needed. Call the result when the upload's bytes are
   * released; the call is idempotent. Rejects with `NoUploadSlot`.
   */
  take(owner: string, cost?: number): Promise<() => void>;
}

/** `yours`: this owner is at the limit; `all`: the total is at the limit. */
export class NoUploadSlot extends Error {
  constructor(
    readonly whose: 'yours' | 'all',
    readonly retrySeconds: number,
  ) {
    super(`no upload slot: ${whose}`);
    this.name = 'NoUploadSlot';
  }
}

/** A waiting body is not read and costs one connection; this limits their number. */
const mostWaiting = 200;

/**
 * Create the slots. `total` and `each` (per owner) limit the sum of concurrent costs. A request waits at most
 * `waitSeconds`.
 */
export function uploadSlots(limits: { total: number; each: number; waitSeconds: number }): UploadSlots {
  const byOwner = new Map<string, number>();
  const waiting: { readonly cost: number; readonly start: () => void }[] = [];
  let taken = 0;

  /** A waiting upload already counts for its owner, otherwise one owner could fill the queue. */
  function claim(owner: string, cost: number): () => void {
    const mine = byOwner.get(owner) ?? 0;
    if (mine + cost > limits.each) throw new NoUploadSlot('yours', limits.waitSeconds);
    byOwner.set(owner, mine + cost);
    return () => {
      const left = (byOwner.get(owner) ?? 0) - cost;
      if (left > 0) byOwner.set(owner, left);
      else byOwner.delete(owner);
    };
  }

  function startNext(): void {
    for (let [next] = waiting; next && taken + next.cost <= limits.total; [next] = waiting) {
      waiting.shift();
      next.start();
    }
  }

  return {
    async take(owner, cost = 1) {
      const unclaim = claim(owner, cost);
      try {
        if (taken + cost > limits.total || waiting.length > 0) await turn(cost);
        else taken += cost;
      } catch (error) {
        unclaim();
        throw error;
      }
      let released = false;
      return () => {
        if (released) return;
        released = true;
        taken -= cost;
        unclaim();
        startNext();
      };
    },
  };

  /** Resolve when the cost is taken. */
  function turn(cost: number): Promise<void> {
    if (waiting.length >= mostWaiting) throw new NoUploadSlot('all', limits.waitSeconds);
    return new Promise((resolve, reject) => {
      const entry = {
        cost,
        start: () => {
          clearTimeout(timer);
          taken += cost;
          resolve();
        },
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(new NoUploadSlot('all', limits.waitSeconds));
        startNext();
      }, limits.waitSeconds * 1000);
      waiting.push(entry);
    });
  }
}
