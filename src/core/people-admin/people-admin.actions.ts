import { defineActions } from '../chat/define-actions.js';

/** The ids of what is done with the people of a company. */
export const peopleAdminActions = defineActions({
  deactivate: 'admin.deactivate',
  find: 'admin.find-people',
  history: 'admin.history',
  list: 'admin.people',
  resetPin: 'admin.reset-pin',
  restore: 'admin.restore',
  show: 'admin.person',
  user: 'admin.user',
});
