import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.js';
import { mayActAs } from '../people/sql.js';
import { defineTask } from '../tasks/define-task.js';
import { endDueImpersonation } from './impersonation.js';

const payload = z.object({ sessionId: z.uuid() });

declare module '../tasks/tasks.js' {
  interface TaskPayloads {
    'impersonation.end': z.infer<typeof payload>;
  }
}

/** Ends an admin’s session when its 30 minutes are over or it is no longer allowed, and tells the person. */
export const impersonationTask = defineTask({
  name: 'impersonation.end',
  payload,
  overdue: ({ before }) => Prisma.sql`
    SELECT s.id AS "sessionId" FROM "ImpersonationSession" s
    JOIN "Tenant" t ON t.id = s."tenantId"
    JOIN "User" admin ON admin.id = s."impersonatorId" JOIN "User" person ON person.id = s."userId"
    WHERE s."endedAt" IS NULL AND (s."expiresAt" < ${before} OR NOT ${mayActAs('admin', 'person', 't')})
    ORDER BY s."expiresAt" LIMIT 1000`,
  retry: { attempts: 5, afterSeconds: 10 },
  run: (deps, { sessionId }) => endDueImpersonation(deps, sessionId),
});
