import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { fetchAwaitedMessage } from './awaited-message.js';

const payload = z.object({ awaitedId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.fetch': z.infer<typeof payload>;
  }
}

/** Fetches a message that the voice provider recorded. The row says when to retry, and when to give up. */
export const awaitedMessageTask = defineTask({
  name: 'voicemail.fetch',
  payload,
  overdue: overdueRows({ table: 'AwaitedMessage', id: 'awaitedId', from: 'at-once' }),
  retry: retriedBySweep,
  run: (deps, { awaitedId }) => fetchAwaitedMessage(deps, awaitedId),
});
