import { defineActions } from '../chat/define-actions.js';

/** The ids of what is done with the people of a company. */
export const peopleAdminActions = defineActions({
  bulk: 'admin.bulk',
  bulkResult: 'admin.bulk-result',
  bulkRevert: 'admin.bulk-revert',
  bulkShow: 'admin.bulk-show',
  bulkStart: 'admin.bulk-start',
  deactivate: 'admin.deactivate',
  find: 'admin.find-people',
  history: 'admin.history',
  list: 'admin.people',
  resetPin: 'admin.reset-pin',
  restore: 'admin.restore',
  show: 'admin.person',
  user: 'admin.user',
});
