import { z } from 'zod';
import { defineTask } from '../tasks/define-task.js';
import type { NoticeDefinitions } from './define-notice.js';
import { rewriteNotice } from './post-at-once.js';

const payload = z.object({ noticeId: z.uuid(), version: z.number().int() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'notice.rewrite': z.infer<typeof payload>;
  }
}

/** Posts a notice again if the card of this version may have overwritten a newer one. */
export const rewriteNoticeTask = (definitions: NoticeDefinitions) =>
  defineTask({
    name: 'notice.rewrite',
    payload,
    overdue: null,
    retry: { attempts: 6, afterSeconds: 1 },
    run: (deps, posted) => rewriteNotice(deps, definitions, posted),
  });
