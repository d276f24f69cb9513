import { defineActions } from '../../chat/define-actions.js';

/** The ids of what a person does for listening by phone. */
export const phoneAccessActions = defineActions({
  pin: 'phone.pin',
});
