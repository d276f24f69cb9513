import { endExpiredImpersonation } from '../core/impersonation/impersonation.js';
import { defineJob } from './define.js';

/** Ends an admin's session when its 30 minutes are over, and tells the person. */
export const impersonationEnd = defineJob({
  name: 'impersonation.end',
  attempts: 5,
  retrySeconds: 10,
  run: (deps, { sessionId }) => endExpiredImpersonation(deps, sessionId),
});
