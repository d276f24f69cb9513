import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { sendDigests } from './digest.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'digests.send': z.infer<typeof payload>;
  }
}

/** Sends the digests that are due. The next run continues after a failure. */
export const sendDigestsTask = defineTask({
  name: 'digests.send',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 150, everySeconds: 600 },
  run: sendDigests,
});
