import { defineActions } from '../chat/define-actions.js';

/** The id of the link that signs somebody in to the web app. */
export const signInActions = defineActions({
  open: 'app.open',
});
