import { z } from 'zod';
import { defineTask, retriedBySweep, type TaskDefinitions } from './define-task.js';
import { sweep } from './sweep.js';

const payload = z.object({});

declare module './tasks.js' {
  interface TaskPayloads {
    sweep: z.infer<typeof payload>;
  }
}

/** Finds rows that waited too long and enqueues them again. Added every few seconds (`jobs/worker`). */
export const sweepTask = (definitions: () => TaskDefinitions) =>
  defineTask({
    name: 'sweep',
    payload,
    overdue: null,
    retry: retriedBySweep,
    run: (deps) => sweep(deps, definitions()),
  });
