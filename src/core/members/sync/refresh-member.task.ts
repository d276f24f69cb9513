import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { refreshMember } from './refresh-member.js';

const payload = z.object({ memberId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'members.look': z.infer<typeof payload>;
  }
}

/** Reads one member of whom an event told. The row says when to retry. */
export const refreshMemberTask = defineTask({
  name: 'members.look',
  payload,
  overdue: overdueRows({
    table: 'Member',
    id: 'memberId',
    waits: ({ listedPlatforms }) => Prisma.sql`platform = ANY(${listedPlatforms})`,
  }),
  retry: retriedBySweep,
  run: (deps, { memberId }) => refreshMember(deps, memberId),
});
