import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { forgetOldMenuCalls } from './forget-menu-calls.js';

const payload = z.object({});

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'phone-menu.forget': z.infer<typeof payload>;
  }
}

/** Deletes what is left of calls to the phone menu. */
export const forgetMenuCallsTask = defineTask({
  name: 'phone-menu.forget',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 180, everySeconds: 3600 },
  run: (deps) => forgetOldMenuCalls(deps),
});
