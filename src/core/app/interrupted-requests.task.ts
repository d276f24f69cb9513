import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { hasInterrupted } from '../requests/request-row.store.js';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { finishInterrupted } from './interrupted-requests.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'requests.finish': z.infer<typeof payload>;
  }
}

/** Answers people whose request was interrupted when its process ended. One task takes the oldest request. */
export const interruptedTask = defineTask({
  name: 'requests.finish',
  payload,
  overdue: () => Prisma.sql`SELECT WHERE ${hasInterrupted}`,
  retry: retriedBySweep,
  run: (deps) => finishInterrupted(deps),
});
