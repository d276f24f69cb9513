import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask } from '../../tasks/define-task.js';
import { forwardVoicemail } from './forward-voicemail.js';

const payload = z.object({ forwardId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.forward': z.infer<typeof payload>;
  }
}

/** Copies a forwarded message into the other mailbox. */
export const forwardTask = defineTask({
  name: 'voicemail.forward',
  payload,
  overdue: ({ now, before }) => Prisma.sql`
    SELECT id AS "forwardId" FROM "Forward"
    -- A row written by a clock that runs ahead waits no longer than the rest.
    WHERE status = 'waiting' AND ("createdAt" < ${before} OR "createdAt" > ${now}) ORDER BY "createdAt" LIMIT 1000`,
  retry: { attempts: 5, afterSeconds: 1 },
  run: (deps, { forwardId }) => forwardVoicemail(deps, forwardId),
});
