/** The delay of the event loop. */
export interface EventLoopWatch {
  /** The longest delay of the last ten seconds. */
  longestSeconds(): number;
  /** Rejects while the delay is so long that requests and leases suffer. */
  check(): Promise<void>;
  stop(): void;
}

const windowSeconds = 10;
/** A lease is renewed every three seconds, and a platform waits three for an answer. */
const stuckSeconds = 3;
const stepMilliseconds = 50;

/**
 * Start to measure the delay of the event loop: how late a timer of ours fires. `monitorEventLoopDelay` of Node forgets
 * a delay when its histogram is reset before its own timer fires, which may be just after the loop was blocked.
 */
export function watchEventLoop(): EventLoopWatch {
  /** What was late in the window, latest first: when it was measured, and by how much, in milliseconds. */
  let delays: { at: number; late: number }[] = [];
  let due = performance.now() + stepMilliseconds;
  const measure = () => {
    const now = performance.now();
    const late = now - due;
    due = now + stepMilliseconds;
    // A longer delay that came later outlasts a shorter one: the list stays short, the longest last.
    delays = delays.filter((delay) => delay.late > late && delay.at > now - windowSeconds * 1000);
    delays.unshift({ at: now, late });
  };
  const timer = setInterval(measure, stepMilliseconds);
  timer.unref();

  const longestSeconds = () => Math.max(0, performance.now() - due, ...delays.map(({ late }) => late)) / 1000;
  return {
    longestSeconds,
    async check() {
      const longest = longestSeconds();
      if (longest > stuckSeconds) throw new Error(`blocked for ${longest.toFixed(1)} s within ${windowSeconds} s`);
    },
    stop: () => clearInterval(timer),
  };
}
