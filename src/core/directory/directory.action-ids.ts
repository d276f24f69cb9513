import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions in the directory. */
export const directoryActions = defineActions({
  backup: 'directory.backup',
  browse: 'directory.browse',
  call: 'directory.call',
  find: 'directory.find',
  message: 'directory.message',
  open: 'directory.open',
  show: 'directory.show',
});
