import { defineActions } from '../chat/define-actions.js';

/** The ids of an admin’s answers about an unknown account. */
export const linkingActions = defineActions({
  confirm: 'link.confirm',
  refuse: 'link.refuse',
});
