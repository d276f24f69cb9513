import { defineActions } from '../chat/define-actions.js';

/** The ids of the lists of a company. */
export const reportActions = defineActions({
  menu: 'reports.menu',
  page: 'reports.page',
  show: 'reports.show',
});
