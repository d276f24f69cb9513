import { defineActions } from '../../chat/define-actions.js';

/** The ids of what can be done with greetings. */
export const greetingActions = defineActions({
  call: 'greeting.call',
  record: 'greeting.record',
  remove: 'greeting.remove',
  upload: 'greeting.upload',
});
