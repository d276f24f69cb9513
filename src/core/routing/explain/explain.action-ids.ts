import { defineActions } from '../../chat/define-actions.js';

/** The ids of what explains calls. */
export const explainActions = defineActions({
  days: 'explain.days',
});
