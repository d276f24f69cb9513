import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { overdueRows } from '../tasks/overdue-rows.store.js';
import { isAtWork } from './import-runs.store.js';
import { workOnRun } from './work-on-run.js';

const payload = z.object({ runId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'bulk.import': z.infer<typeof payload>;
  }
}

/** Judges, applies or reverts a file of users. The row says what is to be done, and how far it is. */
export const importRunTask = defineTask({
  name: 'bulk.import',
  payload,
  overdue: overdueRows({ table: 'ImportRun', id: 'runId', waits: () => isAtWork }),
  retry: retriedBySweep,
  run: (deps, { runId }) => workOnRun(deps, runId),
});
