import { defineActions } from '../chat/define-actions.js';

/** The ids of what can be done with calls. */
export const callActions = defineActions({
  back: 'calls.back',
  connect: 'calls.connect',
  list: 'calls.list',
  all: 'calls.all',
  transfer: 'calls.transfer',
});
