import { defineActions } from '../chat/define-actions.js';

/** The ids of starting and stopping an impersonation. */
export const impersonationActions = defineActions({
  start: 'impersonation.start',
  stop: 'impersonation.stop',
});
