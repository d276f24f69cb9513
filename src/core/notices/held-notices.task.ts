import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import type { NoticeDefinitions } from './define-notice.js';
import { releaseHeldNotices } from './held-notices.js';

const payload = z.object({ userId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'notices.release': z.infer<typeof payload>;
  }
}

/** Posts what waited for the end of a person's quiet hours. */
export const releaseHeldTask = (definitions: NoticeDefinitions) =>
  defineTask({
    name: 'notices.release',
    payload,
    overdue: ({ before }) => Prisma.sql`
    SELECT "userId" FROM "Notice" WHERE "heldUntil" <= ${before}
    GROUP BY "userId" ORDER BY min("heldUntil") LIMIT 1000`,
    retry: retriedBySweep,
    run: (deps, { userId }) => releaseHeldNotices(deps, definitions, userId),
  });
