import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { refreshMembers } from './refresh-workspace-members.js';

const payload = z.object({ listId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'members.refresh': z.infer<typeof payload>;
  }
}

/** Reads the members of a workspace; `listId` is the workspace’s row. Its list says when to read again. */
export const refreshTask = defineTask({
  name: 'members.refresh',
  payload,
  overdue: ({ before, listedPlatforms }) => Prisma.sql`
    SELECT w.id AS "listId" FROM "Workspace" w LEFT JOIN "MemberList" l ON l.id = w.id
    WHERE w.platform = ANY(${listedPlatforms}) AND (l.id IS NULL OR l."dueAt" < ${before}) LIMIT 1000`,
  retry: retriedBySweep,
  run: (deps, { listId }) => refreshMembers(deps, listId),
});
