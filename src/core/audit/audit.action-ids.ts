import { defineActions } from '../chat/define-actions.js';

/** The ids of reading the record. `all`: the link to the page in the browser. */
export const auditActions = defineActions({
  list: 'audit.list',
  filter: 'audit.filter',
  all: 'audit.all',
});
