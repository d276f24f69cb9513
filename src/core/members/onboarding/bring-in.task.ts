import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { makeUsers } from './bring-in.js';

const payload = z.object({ bringInId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'members.bring-in': z.infer<typeof payload>;
  }
}

/** Creates users for the members whom an admin selected. The row says when to retry, and when to give up. */
export const bringInTask = defineTask({
  name: 'members.bring-in',
  payload,
  overdue: overdueRows({ table: 'BringIn', id: 'bringInId' }),
  retry: retriedBySweep,
  run: async (deps, { bringInId }) => void (await makeUsers(deps, bringInId)),
});
