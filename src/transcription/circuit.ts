const failuresUntilOpen = 5;
const firstPauseSeconds = 30;
const mostPauseSeconds = 10 * 60;

/**
 * Keeps requests from a service that does not answer. After some failures in a row it opens: no requests for a while,
 * then one as a trial; a trial that fails makes the pause longer. A success closes it.
 */
export interface Circuit {
  /** Return whether a request may be made; it is the trial if the circuit is open. */
  enter(): boolean;
  succeeded(): void;
  /** `seconds`: how long the service wants to be left alone. True: the circuit has opened, or stays open. */
  failed(seconds?: number): boolean;
  /** The request was not made after all. */
  abandoned(): void;
}

/** Create a closed circuit; `now` in milliseconds. */
export function openableCircuit(now: () => number): Circuit {
  let failures = 0;
  let opensAgainAt = 0;
  let isTrying = false;
  return {
    enter() {
      if (now() < opensAgainAt || isTrying) return false;
      isTrying = failures >= failuresUntilOpen;
      return true;
    },
    succeeded() {
      failures = 0;
      opensAgainAt = 0;
      isTrying = false;
    },
    failed(seconds = 0) {
      failures += 1;
      isTrying = false;
      const beyond = failures - failuresUntilOpen;
      const pause = beyond < 0 ? 0 : Math.min(firstPauseSeconds * 2 ** Math.min(beyond, 20), mostPauseSeconds);
      const most = Math.max(pause, Math.min(seconds, mostPauseSeconds));
      opensAgainAt = Math.max(opensAgainAt, now() + most * 1000);
      return most > 0;
    },
    abandoned() {
      isTrying = false;
    },
  };
}
