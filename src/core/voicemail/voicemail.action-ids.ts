import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions on messages. */
export const voicemailActions = defineActions({
  addMember: 'mailbox.member',
  all: 'voicemail.all',
  callBack: 'voicemail.call-back',
  claim: 'voicemail.claim',
  delete: 'voicemail.delete',
  export: 'voicemail.export',
  find: 'voicemail.find',
  forward: 'voicemail.forward',
  handOver: 'voicemail.hand-over',
  handled: 'voicemail.handled',
  list: 'voicemail.list',
  listen: 'voicemail.listen',
  newer: 'voicemail.newer',
  older: 'voicemail.older',
  open: 'voicemail.open',
  promise: 'voicemail.promise',
  release: 'voicemail.release',
  reopen: 'voicemail.reopen',
  removeMember: 'mailbox.remove',
  revoke: 'voicemail.revoke',
  undo: 'voicemail.undo',
});
