import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask } from '../../tasks/define-task.js';
import { exportVoicemail } from './email-to-self.js';

const payload = z.object({ exportId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.export': z.infer<typeof payload>;
  }
}

/** Mails a message. Eight tries take about twenty minutes; `exportVoicemail` then tells the person that it failed. */
export const exportTask = defineTask({
  name: 'voicemail.export',
  payload,
  overdue: ({ before }) => Prisma.sql`
    SELECT id AS "exportId" FROM "Export"
    WHERE status = 'waiting' AND "dueAt" < ${before} ORDER BY "dueAt" LIMIT 1000`,
  retry: { attempts: 8, afterSeconds: 10 },
  run: (deps, { exportId }) => exportVoicemail(deps, exportId),
});
