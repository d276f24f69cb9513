import { type Command, defineCommand } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { Presence } from './presence.store.js';
import { isAgent, setOwnPresence } from './set-presence.js';

/**
 * `available`, `away`, `busy`: an agent's presence. To everybody else, and with a time behind it, “away” means out of
 * office: that command is given here, since features do not know each other's commands.
 */
export const presenceCommands = (outOfOffice: Command): readonly Command[] => [
  defineCommand({
    word: 'available',
    also: [],
    french: ['disponible'],
    permission: 'self',
    help: ({ calls: { presence } }) => ({ what: presence.availableWhat, example: presence.availableExample }),
    run: (deps, requester) => set(deps, requester, 'available'),
  }),
  defineCommand({
    word: 'away',
    also: [],
    french: ['indisponible'],
    permission: 'self',
    help: ({ calls: { presence } }) => ({ what: presence.awayWhat, example: presence.awayExample }),
    async run(deps, requester, typed) {
      const isMeant = typed.text.trim() === '' && (await isAgent(deps, requester.tenant.id, requester.user.id));
      return isMeant ? set(deps, requester, 'signed-out') : outOfOffice.run(deps, requester, typed);
    },
  }),
  defineCommand({
    word: 'busy',
    also: [],
    french: ['occupé', 'occupée'],
    permission: 'self',
    help: ({ calls: { presence } }) => ({ what: presence.busyWhat, example: presence.busyExample }),
    run: (deps, requester) => set(deps, requester, 'busy'),
  }),
];

async function set(deps: Deps, { actor, reader }: Requester, state: Presence): Promise<Reply> {
  await setOwnPresence(deps, actor, state);
  const line = wordsIn(reader.locale).calls.presence.set[state];
  return { kind: 'say', card: { title: '', summary: line, blocks: [{ kind: 'text', text: line }] } };
}
