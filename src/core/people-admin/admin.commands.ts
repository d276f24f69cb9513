import { hasPermission } from '../chat/actor.js';
import { defineCommand } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { peopleAdminActions } from './people-admin.actions.js';
import { peopleCardFor } from './people-admin.commands.js';

/** `admin`: what there is to look after; `admin people WHO` goes to them at once. */
export const admin = defineCommand({
  word: 'admin',
  also: ['administration'],
  french: ['administration', 'gestion'],
  permission: 'users.view',
  readOnly: true,
  actions: ['admin'],
  help: ({ peopleAdmin }) => ({ what: peopleAdmin.help, example: peopleAdmin.example }),
  async run(deps, requester, { text }) {
    const [first = '', ...rest] = text.split(/\s+/);
    if (!peopleWords.has(first.toLowerCase())) return { kind: 'say', card: adminCard(requester) };
    return { kind: 'say', card: await peopleCardFor(deps, requester, { search: rest.join(' ') || undefined }) };
  },
});

const peopleWords = new Set(['people', 'person', 'users', 'user', 'personnes', 'personne', 'utilisateurs']);

function adminCard({ reader, actor }: Requester): Card {
  const words = wordsIn(reader.locale).peopleAdmin;
  const add: Button = { kind: 'form', action: peopleAdminActions.user, label: words.addPerson, carries: {} };
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
        ],
      },
    ],
  };
}
