import { defineActions } from '../chat/define-actions.js';

/** The ids of beginning and ending an impersonation. */
export const impersonationActions = defineActions({
  start: 'impersonation.start',
  stop: 'impersonation.stop',
});
