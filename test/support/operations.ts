import { createMetrics } from '../../src/ops/metrics.js';

const well = async () => {};

/** The checks of an installation without problems. */
export const wellParts = { database: well, queue: well, recordings: well, 'event loop': well };

/** The metrics of an idle installation. */
export const idleMetrics = () =>
  createMetrics({
    queueCounts: async () => ({}),
    recordingCounts: async () => ({ held: 0, missing: 0, removed: 0, setAside: 0 }),
    transcriptionCounts: async () => ({ waiting: 0, failed: 0 }),
    overduePurges: async () => 0,
    eventLoop: { longestSeconds: () => 0 },
  });
