import { z } from 'zod';
import { defineTask } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { emailToSelf } from './email-to-self.js';

const payload = z.object({ exportId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.export': z.infer<typeof payload>;
  }
}

/** E-mails a message. Eight attempts take about twenty minutes; then the person is told that it failed. */
export const emailToSelfTask = defineTask({
  name: 'voicemail.export',
  payload,
  overdue: overdueRows({ table: 'Export', id: 'exportId' }),
  retry: { attempts: 8, afterSeconds: 10 },
  run: (deps, { exportId }) => emailToSelf(deps, exportId),
});
