import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions on one's own absences. */
export const outOfOfficeActions = defineActions({
  ask: 'ooo.ask',
  back: 'ooo.back',
  cancel: 'ooo.cancel',
  confirm: 'ooo.confirm',
  dismiss: 'ooo.dismiss',
  handleAll: 'ooo.handle-all',
  set: 'ooo.set',
});
