import { defineActions } from '../chat/define-actions.js';

/** The ids of starting, stopping and reading impersonations. `endMine`: by the person; `end`: by another admin. */
export const impersonationActions = defineActions({
  start: 'impersonation.start',
  stop: 'impersonation.stop',
  endMine: 'impersonation.end-mine',
  end: 'impersonation.end',
  sessions: 'impersonation.sessions',
});
