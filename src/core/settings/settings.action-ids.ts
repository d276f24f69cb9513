import { defineActions } from '../chat/define-actions.js';

/** A person's own settings; `settings.save` is CONTRACT.md §4's. */
export const settingsActions = defineActions({ show: 'settings.show', save: 'settings.save' });

/** The company's settings; `admin.tenant` is CONTRACT.md §4's. */
export const companyActions = defineActions({
  show: 'admin.show',
  save: 'admin.tenant',
  switchOn: 'admin.switch-on',
});
