import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { warnOfFullBoxes } from '../mailbox/box-warnings.js';
import { expireVoicemails } from './expire-voicemails.js';

const payload = z.object({});

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.expire': z.infer<typeof payload>;
    'voicemail.boxes': z.infer<typeof payload>;
  }
}

/** Announces and deletes messages that are too old (`retentionDays`). The next run continues after a failure. */
export const expireTask = defineTask({
  name: 'voicemail.expire',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 180, everySeconds: 3600 },
  run: expireVoicemails,
});

/** Warns of mailboxes that fill up. Not with each message: its caller waits, and a warning may be minutes late. */
export const boxesTask = defineTask({
  name: 'voicemail.boxes',
  payload,
  overdue: null,
  retry: retriedBySweep,
  repeat: { firstAfterSeconds: 90, everySeconds: 600 },
  run: warnOfFullBoxes,
});
