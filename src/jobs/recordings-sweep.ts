import { sweepRecordings } from '../core/recordings/recording-sweep.js';
import { defineJob } from './define.js';

/** Every ten minutes; see `worker.ts`. The row says whether it is due. */
export const recordingsSweepJob = defineJob({
  name: 'recordings.sweep',
  attempts: 1,
  retrySeconds: 1,
  run: (deps) => sweepRecordings(deps),
});
