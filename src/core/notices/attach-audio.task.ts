import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { defineTask, retriedBySweep } from '../tasks/define-task.js';
import { attachOwedAudio } from './attach-audio.js';

const payload = z.object({ noticeId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'notice.audio': z.infer<typeof payload>;
  }
}

/** Attaches the audio that a notice’s cards still lack, or removes audio that no longer belongs there. */
export const attachAudioTask = defineTask({
  name: 'notice.audio',
  payload,
  overdue: ({ now }) => Prisma.sql`
    SELECT DISTINCT "noticeId" FROM (
      SELECT "noticeId" FROM "Posting" WHERE "dueAt" < ${now} ORDER BY "dueAt" LIMIT 1000) AS owing`,
  retry: retriedBySweep,
  run: (deps, { noticeId }) => attachOwedAudio(deps, noticeId),
});
