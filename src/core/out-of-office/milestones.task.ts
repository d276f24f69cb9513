import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { defineTask } from '../tasks/define-task.js';
import { overdueRows } from '../tasks/overdue-rows.store.js';
import { passMilestones } from './pass-milestones.js';

const payload = z.object({ periodId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'out-of-office.milestones': z.infer<typeof payload>;
  }
}

/** Tells people that an absence begins or is over, and reminds a backup who has not answered. */
export const milestonesTask = defineTask({
  name: 'out-of-office.milestones',
  payload,
  overdue: overdueRows({
    table: 'OutOfOfficePeriod',
    id: 'periodId',
    due: 'milestoneAt',
    waits: () => Prisma.sql`"milestoneAt" IS NOT NULL`,
    from: 'at-once',
  }),
  retry: { attempts: 5, afterSeconds: 10 },
  run: (deps, { periodId }) => passMilestones(deps, periodId),
});
