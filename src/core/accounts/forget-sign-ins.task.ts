import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { forgetSignIns } from './forget-sign-ins.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'sign-ins.forget': z.infer<typeof payload>;
  }
}

/** Deletes sessions and sign-in links that are long over. What one run leaves the next one finds. */
export const forgetSignInsTask = defineTask({
  name: 'sign-ins.forget',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 120, everySeconds: 3600 },
  run: (deps) => forgetSignIns(deps),
});
