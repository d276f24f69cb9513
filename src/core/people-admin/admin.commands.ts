import { bulkActions } from '../bulk/bulk.action-ids.js';
import { hasPermission } from '../chat/actor.js';
import { defineCommand } from '../chat/define-handler.js';
import type { Requester } from '../chat/requester.js';
import type { Block, Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { listsReply } from '../reports/chat-lists.js';
import { glanceLine } from '../reports/glance.js';
import { reportActions } from '../reports/reports.action-ids.js';
import { showSettings } from '../settings/settings-form.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import { peopleCardFor } from './people-admin.commands.js';

/**
 * `admin`: the admin’s tasks, people first, then the company’s settings for those who may change them. `admin people WHO`,
 * `admin lists LIST` and `admin settings` lead to each directly.
 */
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
    if (peopleWords.has(first.toLowerCase()))
      return { kind: 'say', card: await peopleCardFor(deps, requester, { search: rest.join(' ') || undefined }) };
    if (listWords.has(first.toLowerCase()) && hasPermission(requester.actor, 'reports.view'))
      return listsReply(deps, requester, rest.join(' '));
    const isSettings = settingsWords.has(first.toLowerCase());
    const glance: Block[] = isSettings ? [] : [{ kind: 'text', text: await glanceLine(deps, requester) }];
    if (!hasPermission(requester.actor, 'tenant.edit')) return { kind: 'say', card: adminCard(requester, glance) };
    const settings = await showSettings(deps, requester, 'company');
    if (isSettings || settings.kind !== 'say') return settings;
    const { card } = settings;
    return {
      kind: 'say',
      card: { ...card, blocks: [...glance, peopleButtons(requester), ...card.blocks] },
    };
  },
});

const settingsWords = new Set(['settings', 'company', 'réglages', 'reglages', 'paramètres', 'entreprise']);
const listWords = new Set(['lists', 'list', 'reports', 'report', 'listes', 'liste', 'rapports', 'rapport']);
const peopleWords = new Set(['people', 'person', 'users', 'user', 'personnes', 'personne', 'utilisateurs']);

function adminCard(requester: Requester, glance: readonly Block[]): Card {
  const title = wordsIn(requester.reader.locale).peopleAdmin.adminTitle;
  return { title, summary: title, blocks: [...glance, peopleButtons(requester)] };
}

function peopleButtons({ reader, actor }: Requester): Block {
  const words = wordsIn(reader.locale).peopleAdmin;
  const add: Button = { kind: 'form', action: peopleAdminActions.user, label: words.addPerson, carries: {} };
  const bring: Button = {
    kind: 'form',
    action: bulkActions.file,
    label: wordsIn(reader.locale).bulk.formTitle,
    carries: {},
  };
  const lists: Button = {
    kind: 'action',
    action: reportActions.menu,
    label: wordsIn(reader.locale).reports.title,
    carries: {},
  };
  return {
    kind: 'buttons',
    buttons: [
      { kind: 'action', action: peopleAdminActions.list, label: words.people, carries: {}, tone: 'main' },
      { kind: 'form', action: peopleAdminActions.find, label: words.find, carries: {} },
      ...(hasPermission(actor, 'users.edit') ? [add] : []),
      ...(hasPermission(actor, 'bulk') ? [bring] : []),
      ...(hasPermission(actor, 'reports.view') ? [lists] : []),
    ],
  };
}
