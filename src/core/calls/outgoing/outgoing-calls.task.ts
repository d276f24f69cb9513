import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { advanceCall } from './advance-call.js';

const payload = z.object({ outgoingId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'calls.outgoing': z.infer<typeof payload>;
  }
}

/** Makes a call that a person asked for, fetches what they recorded, and ends it where nothing is heard of it. */
export const outgoingCallTask = defineTask({
  name: 'calls.outgoing',
  payload,
  overdue: overdueRows({
    table: 'OutgoingCall',
    id: 'outgoingId',
    waits: () => Prisma.sql`"endedAt" IS NULL`,
    from: 'at-once',
  }),
  retry: retriedBySweep,
  run: (deps, { outgoingId }) => advanceCall(deps, outgoingId),
});
