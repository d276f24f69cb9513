import { endDueImpersonation } from '../core/impersonation/impersonation.js';
import { defineJob } from './define.js';

/** Ends an admin's session when its 30 minutes are over or it is no longer allowed, and tells the person. */
export const impersonationEnd = defineJob({
  name: 'impersonation.end',
  attempts: 5,
  retrySeconds: 10,
  run: (deps, { sessionId }) => endDueImpersonation(deps, sessionId),
});
