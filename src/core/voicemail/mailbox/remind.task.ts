import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { remindOfPromise } from './claim.js';

const payload = z.object({ voicemailId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.remind': z.infer<typeof payload>;
  }
}

/** Reminds the holder of a message of the time by which they promised to call back. */
export const remindTask = defineTask({
  name: 'voicemail.remind',
  payload,
  overdue: overdueRows({
    table: 'Voicemail',
    id: 'voicemailId',
    due: 'remindAt',
    waits: () => Prisma.sql`"handledAt" IS NULL AND "deletedAt" IS NULL`,
  }),
  retry: { attempts: 5, afterSeconds: 5 },
  run: (deps, { voicemailId }) => remindOfPromise(deps, voicemailId),
});
