import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { lookAtMember } from './refresh-member.js';

const payload = z.object({ memberId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'members.look': z.infer<typeof payload>;
  }
}

/** Reads one member, of whom an event spoke. The row says when to try again. */
export const lookTask = defineTask({
  name: 'members.look',
  payload,
  overdue: ({ before, listedPlatforms }) => Prisma.sql`
    SELECT id AS "memberId" FROM "Member"
    WHERE "dueAt" < ${before} AND platform = ANY(${listedPlatforms}) ORDER BY "dueAt" LIMIT 1000`,
  retry: retriedBySweep,
  run: (deps, { memberId }) => lookAtMember(deps, memberId),
});
