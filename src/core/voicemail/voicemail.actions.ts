import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions on messages. */
export const voicemailActions = defineActions({
  all: 'voicemail.all',
  delete: 'voicemail.delete',
  export: 'voicemail.export',
  forward: 'voicemail.forward',
  handled: 'voicemail.handled',
  listen: 'voicemail.listen',
  newer: 'voicemail.newer',
  older: 'voicemail.older',
  open: 'voicemail.open',
  reopen: 'voicemail.reopen',
  revoke: 'voicemail.revoke',
  undo: 'voicemail.undo',
});
