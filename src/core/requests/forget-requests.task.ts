import { z } from 'zod';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { forgetRequests } from './request-row.store.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'requests.forget': z.infer<typeof payload>;
  }
}

/** Deletes the rows of requests from more than a day ago: no platform repeats one that late. */
export const forgetRequestsTask = defineTask({
  name: 'requests.forget',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 30, everySeconds: 60 },
  run: ({ db, clock }) => forgetRequests(db, new Date(clock.now().getTime() - 86_400_000)),
});
