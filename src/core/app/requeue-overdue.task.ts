import { z } from 'zod';
import { defineTask, type TaskDefinitions } from '../tasks/define-task.js';
import { requeueOverdue } from './requeue-overdue.js';

const payload = z.object({});

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    sweep: z.infer<typeof payload>;
  }
}

/** Finds overdue rows and enqueues their tasks again. */
export const requeueOverdueTask = (definitions: () => TaskDefinitions) =>
  defineTask({
    name: 'sweep',
    payload,
    overdue: null,
    // The next sweep is the retry.
    retry: { attempts: 1, afterSeconds: 1 },
    repeat: { firstAfterSeconds: 0, everySeconds: 5 },
    run: (deps) => requeueOverdue(deps, definitions()),
  });
