import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { asId, type NoticeId } from '../ids.js';
import { defineTask } from '../tasks/define-task.js';
import type { NoticeDefinitions } from './define-notice.js';
import { postNotice } from './post-notice.js';

/** People wait for cards, so a lost one is found sooner than other work. */
const lostAfterSeconds = 10;

const payload = z.object({ noticeId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'notice.post': z.infer<typeof payload>;
  }
}

/**
 * Posts a notice’s card, or its newest state, to every address. Twelve attempts take about an hour: as long as a
 * typical outage of a chat platform.
 */
export const postNoticeTask = (definitions: NoticeDefinitions) =>
  defineTask({
    name: 'notice.post',
    payload,
    overdue: ({ now, ago }) => Prisma.sql`
    SELECT id AS "noticeId" FROM "Notice"
    -- Of what is claimed, that is when the claim runs out.
    WHERE settled < version AND "heldUntil" IS NULL AND "dueAt" < ${now}
      AND ("claimedAt" IS NOT NULL OR "dueAt" < ${ago(lostAfterSeconds)})
    ORDER BY "dueAt" LIMIT 1000`,
    retry: { attempts: 12, afterSeconds: 1 },
    mostInOneJob: 10,
    run: (deps, { noticeId }) => postNotice(deps, definitions, asId<NoticeId>(noticeId)),
  });
