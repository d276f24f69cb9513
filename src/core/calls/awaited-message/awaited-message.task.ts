import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { fetchAwaitedMessage } from './awaited-message.js';

const payload = z.object({ awaitedId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.fetch': z.infer<typeof payload>;
  }
}

/** Fetches a message that the voice provider recorded. The row says when to try again, and when to give up. */
export const awaitedMessageTask = defineTask({
  name: 'voicemail.fetch',
  payload,
  overdue: ({ now }) => Prisma.sql`
    SELECT id AS "awaitedId" FROM "AwaitedMessage"
    WHERE status = 'waiting' AND "dueAt" <= ${now} ORDER BY "dueAt" LIMIT 1000`,
  retry: retriedBySweep,
  run: (deps, { awaitedId }) => fetchAwaitedMessage(deps, awaitedId),
});
