import { defineActions } from '../chat/define-actions.js';

/** The ids of the actions of admins on the members of a workspace. */
export const membersActions = defineActions({
  back: 'members.back',
  believe: 'members.believe',
  bring: 'members.bring',
  bringOne: 'members.bring-one',
  deactivate: 'members.deactivate',
  keep: 'members.keep',
  leaveOut: 'members.leave-out',
  left: 'members.left',
  new: 'members.new',
  noEmail: 'members.no-email',
  refresh: 'members.refresh',
  show: 'members.show',
  welcomeBack: 'members.welcome-back',
});
