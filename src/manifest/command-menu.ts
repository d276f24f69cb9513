import { commands } from '../core/app/handler-registry.js';
import type { Command } from '../core/chat/define-handler.js';
import type { Locale } from '../core/chat/phrasing.js';
import { wordsIn } from '../core/chat/words.js';

/** A command as a platform's menu shows it. */
export interface MenuItem {
  /** The word to type, in this language. */
  readonly word: string;
  readonly what: string;
}

/** The commands in the order and words of `help`. */
export const commandMenu = (locale: Locale, among: readonly Command[] = commands): readonly MenuItem[] =>
  among.map((command) => {
    const { what, example } = command.help(wordsIn(locale));
    return { word: example.split(' ')[0] ?? command.word, what };
  });

/** The commands that every role may use; the menus omit those for admins. */
export const commandsForEveryRole: readonly Command[] = commands.filter(({ permission }) => permission === 'self');
