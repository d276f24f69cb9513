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

/** Makes users of the members an admin chose. The row says when to try again, and when it is given up. */
export const bringInTask = defineTask({
  name: 'members.bring-in',
  payload,
  overdue: overdueRows({ table: 'BringIn', id: 'bringInId' }),
  retry: retriedBySweep,
  run: async (deps, { bringInId }) => void (await makeUsers(deps, bringInId)),
});
