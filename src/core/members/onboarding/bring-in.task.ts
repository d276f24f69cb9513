import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { makeUsers } from './bring-in.js';

const payload = z.object({ bringInId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'members.bring-in': z.infer<typeof payload>;
  }
}

/** Makes users of the members an admin chose. The row says when to try again, and when it is given up. */
export const bringInTask = defineTask({
  name: 'members.bring-in',
  payload,
  overdue: ({ before }) => Prisma.sql`
    SELECT id AS "bringInId" FROM "BringIn"
    WHERE status = 'waiting' AND "dueAt" < ${before} ORDER BY "dueAt" LIMIT 1000`,
  retry: retriedBySweep,
  run: async (deps, { bringInId }) => void (await makeUsers(deps, bringInId)),
});
