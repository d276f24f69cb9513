import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { sweepRecordings } from './recording-sweep.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'recordings.sweep': z.infer<typeof payload>;
  }
}

/** Compares stored files with the rows that name them. The row says whether it is due: once an hour. */
export const recordingSweepTask = defineTask({
  name: 'recordings.sweep',
  payload,
  overdue: null,
  retry: retriedBySweep,
  // After the work that waited for the start.
  repeat: { firstAfterSeconds: 60, everySeconds: 600 },
  run: (deps) => sweepRecordings(deps),
});
