import { defineActions } from '../chat/define-actions.js';

/** The ids of a backup’s answers. */
export const coverActions = defineActions({
  accept: 'cover.accept',
  decline: 'cover.decline',
  reason: 'cover.reason',
});
