import type { Clock } from '../../src/core/deps.js';

export interface TestClock extends Clock {
  /** ISO 8601, with its zone. */
  set(instant: string): void;
  forward(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** A Monday, 10:00 in Toronto; late enough that timestamps set by the database are in its past. */
export function testClock(instant = '2030-01-14T15:00:00Z'): TestClock {
  let now = new Date(instant).getTime();
  return {
    isFake: true,
    now: () => new Date(now),
    set: (instant) => {
      now = new Date(instant).getTime();
    },
    forward: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
}
