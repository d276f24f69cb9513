import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { closeForgottenCall, longestCallHours, tellOfCall } from './call-tasks.js';

const payload = z.object({ callRowId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'calls.tell': z.infer<typeof payload>;
    'calls.close': z.infer<typeof payload>;
  }
}

/** Tells somebody of a call that they missed, or that another took for them. */
export const tellOfCallTask = defineTask({
  name: 'calls.tell',
  payload,
  overdue: ({ before }) => Prisma.sql`
    SELECT id AS "callRowId" FROM "Call" WHERE "noticeDueAt" <= ${before} ORDER BY "noticeDueAt" LIMIT 1000`,
  retry: retriedBySweep,
  run: (deps, { callRowId }) => tellOfCall(deps, callRowId),
});

/** Ends calls of which nobody said that they are over, and whose message did not come: only the sweep asks for it. */
export const closeCallTask = defineTask({
  name: 'calls.close',
  payload,
  // Two ways along two indexes; the same call twice is harmless.
  overdue: ({ now, ago }) => Prisma.sql`
    (SELECT id AS "callRowId" FROM "Call"
    WHERE disposition = 'open' AND "startedAt" < ${ago(longestCallHours * 3_600)}
    ORDER BY "startedAt" LIMIT 500)
    UNION
    (SELECT id FROM "Call" WHERE disposition = 'open' AND "messageDueAt" <= ${now}
    ORDER BY "messageDueAt" LIMIT 500)`,
  retry: retriedBySweep,
  run: (deps, { callRowId }) => closeForgottenCall(deps, callRowId),
});
