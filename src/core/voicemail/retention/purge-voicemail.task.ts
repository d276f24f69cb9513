import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import { defineTask } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { purgeVoicemail } from './purge-voicemail.js';

const payload = z.object({ voicemailId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.purge': z.infer<typeof payload>;
  }
}

/**
 * Deletes the audio and transcript of a message after its undo period. The sweep finds messages that must wait longer.
 */
export const purgeTask = defineTask({
  name: 'voicemail.purge',
  payload,
  overdue: overdueRows({
    table: 'Voicemail',
    id: 'voicemailId',
    due: 'purgeAt',
    waits: () => Prisma.sql`"purgedAt" IS NULL`,
  }),
  retry: { attempts: 5, afterSeconds: 5 },
  run: (deps, { voicemailId }) => purgeVoicemail(deps, voicemailId),
});
