import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions on blocked callers. */
export const blockingActions = defineActions({
  block: 'caller.block',
  blockForCompany: 'caller.block-for-company',
  unblock: 'caller.unblock',
});
