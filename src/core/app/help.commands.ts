import { helpCard } from '../chat/chat.views.js';
import { type Command, defineCommand } from '../chat/define-handler.js';

/** `help`, which lists all other commands. */
export const helpCommand = (commands: () => readonly Command[]): Command =>
  defineCommand({
    word: 'help',
    also: ['h', '?'],
    french: ['aide'],
    permission: 'self',
    readOnly: true,
    help: (words) => ({ what: words.chat.help, example: words.chat.helpExample }),
    run: async (_deps, requester) => ({ kind: 'say', card: helpCard(requester, commands()) }),
  });
