import { monitorEventLoopDelay } from 'node:perf_hooks';

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
const resolutionMilliseconds = 20;

/** Start to measure the delay of the event loop. */
export function watchEventLoop(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMilliseconds });
  histogram.enable();
  /** The longest delay of each past second. */
  const seconds: number[] = [];
  const longestNow = () => Math.max(0, histogram.max / 1e9 - resolutionMilliseconds / 1000);
  const timer = setInterval(() => {
    seconds.push(longestNow());
    if (seconds.length > windowSeconds) seconds.shift();
    histogram.reset();
  }, 1000);
  timer.unref();

  const longestSeconds = () => Math.max(longestNow(), ...seconds);
  return {
    longestSeconds,
    async check() {
      const longest = longestSeconds();
      if (longest > stuckSeconds) throw new Error(`blocked for ${longest.toFixed(1)} s within ${windowSeconds} s`);
    },
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
