import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { makePeopleChange } from './make-change.js';

const payload = z.object({ changeId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'people.change': z.infer<typeof payload>;
  }
}

/** Changes many people as an admin asked. The row says how far it got. */
export const peopleChangeTask = defineTask({
  name: 'people.change',
  payload,
  overdue: overdueRows({ table: 'PeopleChange', id: 'changeId' }),
  retry: retriedBySweep,
  run: (deps, { changeId }) => makePeopleChange(deps, changeId),
});
