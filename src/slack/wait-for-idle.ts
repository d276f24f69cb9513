import { setTimeout as wait } from 'node:timers/promises';

/** Priority work, and a wait for pauses between it. */
export interface IdleWait {
  /** Run priority work. */
  runWithPriority<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Resolve when no priority work has run for a moment, at the latest at `latest` (a time of `performance.now()`). */
  waitUntilIdle(latest: number): Promise<void>;
}

/** Create the wait; `milliseconds` without running work count as idle. */
export function waitForIdle(milliseconds: number): IdleWait {
  let underWay = 0;
  let quietSince = Number.NEGATIVE_INFINITY;

  return {
    async runWithPriority(work) {
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
        quietSince = performance.now();
      }
    },

    async waitUntilIdle(latest) {
      for (let now = performance.now(); now < latest; now = performance.now()) {
        const left = underWay > 0 ? milliseconds : quietSince + milliseconds - now;
        if (left <= 0) return;
        await wait(Math.min(left, latest - now));
      }
    },
  };
}
