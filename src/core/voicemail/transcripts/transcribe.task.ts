import { z } from 'zod';
import { defineTask, retriedBySweep } from '../../tasks/define-task.js';
import { overdueRows } from '../../tasks/overdue-rows.store.js';
import { transcribe } from './transcribe.js';

const payload = z.object({ transcriptionId: z.uuid() });

declare module '../../tasks/tasks.js' {
  interface TaskPayloads {
    'voicemail.transcribe': z.infer<typeof payload>;
  }
}

/** Has a message written down by a machine. The row says when to try again, so only the sweep retries. */
export const transcribeTask = defineTask({
  name: 'voicemail.transcribe',
  payload,
  overdue: overdueRows({ table: 'Transcription', id: 'transcriptionId' }),
  retry: retriedBySweep,
  run: (deps, { transcriptionId }) => transcribe(deps, transcriptionId),
});
