import { defineActions } from '../chat/define-actions.js';

/** The ids of what people can do about being out of office. */
export const outOfOfficeActions = defineActions({
  back: 'ooo.back',
  cancel: 'ooo.cancel',
  confirm: 'ooo.confirm',
  dismiss: 'ooo.dismiss',
  handleAll: 'ooo.handle-all',
  set: 'ooo.set',
});
