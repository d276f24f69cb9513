import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../define-task.js';
import { finishInterrupted } from './interrupted.js';
import { hasInterrupted } from './seen-request.store.js';

const payload = z.object({});

declare module '../tasks.js' {
  interface TaskPayloads {
    'requests.finish': z.infer<typeof payload>;
  }
}

/** Answers people who were promised an answer by a process that is gone. One task takes the oldest of them. */
export const interruptedTask = defineTask({
  name: 'requests.finish',
  payload,
  overdue: () => Prisma.sql`SELECT WHERE ${hasInterrupted}`,
  retry: retriedBySweep,
  run: (deps) => finishInterrupted(deps),
});
