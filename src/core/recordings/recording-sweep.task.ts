import { z } from 'zod';
import { defineTask, retriedBySweep } from '../define-task.js';
import { sweepRecordings } from './recording-sweep.js';

const payload = z.object({});

declare module '../tasks.js' {
  interface TaskPayloads {
    'recordings.sweep': z.infer<typeof payload>;
  }
}

/** Compares stored files with the rows that name them. Added every ten minutes (`jobs/worker`); the row says whether it
 * is due. */
export const recordingSweepTask = defineTask({
  name: 'recordings.sweep',
  payload,
  overdue: null,
  retry: retriedBySweep,
  run: (deps) => sweepRecordings(deps),
});
