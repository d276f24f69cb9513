import { defineActions } from '../chat/define-actions.js';

/** The ids of what can be done with calls. */
export const callActions = defineActions({
  back: 'calls.back',
  list: 'calls.list',
  all: 'calls.all',
});
