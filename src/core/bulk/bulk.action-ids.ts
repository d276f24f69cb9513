import { defineActions } from '../chat/define-actions.js';

/** The ids of what admins can do with files of users. */
export const bulkActions = defineActions({
  apply: 'bulk.apply',
  file: 'admin.import',
  open: 'bulk.open',
  revert: 'bulk.revert',
  show: 'bulk.show',
});
