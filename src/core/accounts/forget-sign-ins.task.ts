import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { forgetSignIns } from './forget-sign-ins.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'sign-ins.forget': z.infer<typeof payload>;
  }
}

/** Deletes sessions and sign-in links that ended long ago. The next run continues after the limit of one run. */
export const forgetSignInsTask = defineTask({
  name: 'sign-ins.forget',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 120, everySeconds: 3600 },
  run: (deps) => forgetSignIns(deps),
});
