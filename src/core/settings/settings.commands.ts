import { lineCard } from '../chat/chat.views.js';
import { defineButton, defineCommand, defineForm } from '../chat/define-handler.js';
import { wordsIn } from '../chat/words.js';
import { changeSetting } from './change-setting.js';
import { companyActions, settingsActions } from './settings.action-ids.js';
import { settingsFormOf, showSettings } from './settings-form.js';

/** One's own settings. */
export const settingsCommand = defineCommand({
  word: 'settings',
  also: ['preferences', 'prefs'],
  french: ['réglages', 'paramètres', 'préférences'],
  permission: 'self',
  readOnly: true,
  actions: ['settings'],
  help: ({ settings: words }) => ({ what: words.help, example: words.helpExample }),
  run: (deps, requester) => showSettings(deps, requester, 'own'),
});

export const settingsForms = [
  defineForm({ id: settingsActions.save, permission: 'self', ...settingsFormOf('own') }),
  defineForm({ id: companyActions.save, permission: 'tenant.edit', ...settingsFormOf('company') }),
];

export const settingsButtons = [
  defineButton({
    id: settingsActions.show,
    permission: 'self',
    readOnly: true,
    run: (deps, requester) => showSettings(deps, requester, 'own'),
  }),
  defineButton({
    id: companyActions.show,
    permission: 'tenant.edit',
    readOnly: true,
    run: (deps, requester) => showSettings(deps, requester, 'company'),
  }),
  // Works while the company is closed (`core/app/closed-app.ts`).
  defineButton({
    id: companyActions.switchOn,
    permission: 'tenant.edit',
    async run(deps, { actor, reader }, carries) {
      const key = carries.key === 'appAccess' ? 'appAccess' : 'enabled';
      await changeSetting(deps, actor, { userId: undefined, key }, 'yes');
      const { settings: words } = wordsIn(reader.locale);
      return { kind: 'replace', card: lineCard(key === 'enabled' ? words.isOnAgain : words.isOpenAgain) };
    },
  }),
];
