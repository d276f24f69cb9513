import { setTimeout as wait } from 'node:timers/promises';

/** Work that goes before other work, and the pauses in it. */
export interface IdleWait {
  /** Does what goes before. */
  before<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolves once nothing of that has been under way for a moment, at the latest at `latest` (as `performance.now()`). */
  come(latest: number): Promise<void>;
}

/** `milliseconds` without anything under way are an idle moment. */
export function waitForIdle(milliseconds: number): IdleWait {
  let underWay = 0;
  let quietSince = Number.NEGATIVE_INFINITY;

  return {
    async before(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        quietSince = performance.now();
      }
    },

    async come(latest) {
      for (let now = performance.now(); now < latest; now = performance.now()) {
        const left = underWay > 0 ? milliseconds : quietSince + milliseconds - now;
        if (left <= 0) return;
        await wait(Math.min(left, latest - now));
      }
    },
  };
}
