import { createMetrics } from '../../src/ops/metrics.js';

const well = async () => {};

/** Parts of an installation of which nothing is wrong. */
export const wellParts = { database: well, queue: well, recordings: well, 'event loop': well };

/** The metrics of an installation in which nothing happens. */
export const idleMetrics = () =>
  createMetrics({
    queueCounts: async () => ({}),
    recordingCounts: async () => ({ held: 0, missing: 0, removed: 0, setAside: 0 }),
    eventLoop: { longestSeconds: () => 0 },
  });
