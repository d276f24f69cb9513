import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { countStorageOfToday } from './storage-days.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'storage.count': z.infer<typeof payload>;
  }
}

/** Counts the storage of the day. The rows say whether that is still to be done: days begin at different hours. */
export const countStorageTask = defineTask({
  name: 'storage.count',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 120, everySeconds: 1800 },
  run: countStorageOfToday,
});
