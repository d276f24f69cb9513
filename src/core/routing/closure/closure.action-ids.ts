import { defineActions } from '../../chat/define-actions.js';

/** The ids of what closes and opens the company. */
export const closureActions = defineActions({
  close: 'closure.close',
  open: 'closure.open',
});
