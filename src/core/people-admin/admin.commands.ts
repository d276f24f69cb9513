import { hasPermission } from '../chat/actor.js';
import { defineCommand } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { companyActions } from '../settings/settings.actions.js';
import { showSettings } from '../settings/settings-form.js';
import { peopleAdminActions } from './people-admin.actions.js';
import { peopleCardFor } from './people-admin.commands.js';

/** `admin`: the admin’s tasks; `admin people WHO` and `admin settings` lead to them directly. */
export const adminCommand = defineCommand({
  word: 'admin',
  also: ['administration'],
  french: ['administration', 'gestion'],
  permission: 'users.view',
  readOnly: true,
  actions: ['admin'],
  help: ({ peopleAdmin }) => ({ what: peopleAdmin.help, example: peopleAdmin.example }),
  async run(deps, requester, { text }) {
    const [first = '', ...rest] = text.split(/\s+/);
    if (settingsWords.has(first.toLowerCase()) && hasPermission(requester.actor, 'tenant.edit'))
      return showSettings(deps, requester, 'company');
    if (!peopleWords.has(first.toLowerCase())) return { kind: 'say', card: adminCard(requester) };
    return { kind: 'say', card: await peopleCardFor(deps, requester, { search: rest.join(' ') || undefined }) };
  },
});

const settingsWords = new Set(['settings', 'company', 'réglages', 'reglages', 'paramètres', 'entreprise']);
const peopleWords = new Set(['people', 'person', 'users', 'user', 'personnes', 'personne', 'utilisateurs']);

function adminCard({ reader, actor }: Requester): Card {
  const words = wordsIn(reader.locale).peopleAdmin;
  const add: Button = { kind: 'form', action: peopleAdminActions.user, label: words.addPerson, carries: {} };
  const company: Button = {
    kind: 'action',
    action: companyActions.show,
    label: wordsIn(reader.locale).settings.titleCompany,
    carries: {},
  };
  return {
    title: words.adminTitle,
    summary: words.adminTitle,
    blocks: [
      {
        kind: 'buttons',
        buttons: [
          { kind: 'action', action: peopleAdminActions.list, label: words.people, carries: {}, tone: 'main' },
          { kind: 'form', action: peopleAdminActions.find, label: words.find, carries: {} },
          ...(hasPermission(actor, 'users.edit') ? [add] : []),
          ...(hasPermission(actor, 'tenant.edit') ? [company] : []),
        ],
      },
    ],
  };
}
