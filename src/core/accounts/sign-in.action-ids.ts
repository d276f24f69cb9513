import { defineActions } from '../chat/define-actions.js';

/** The id of the link that signs a person in to the web app. */
export const signInActions = defineActions({
  open: 'app.open',
});
