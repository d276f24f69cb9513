import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { forgetOldLines } from './import-runs.store.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'bulk.forget': z.infer<typeof payload>;
  }
}

/** Deletes the lines of imports from more than 30 days ago, whether or not the company imports again. */
export const forgetLinesTask = defineTask({
  name: 'bulk.forget',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 120, everySeconds: 3600 },
  run: ({ db, clock }) => forgetOldLines(db, clock),
});
