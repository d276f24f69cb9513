import { commands } from '../core/app/commands.js';
import type { Command } from '../core/chat/define-handler.js';
import type { Locale } from '../core/chat/phrasing.js';
import { wordsIn } from '../core/chat/words.js';

/** A command as a platform's own menu shows it. */
export interface MenuItem {
  /** As it is typed, in this language. */
  readonly word: string;
  readonly what: string;
}

/** The commands as `help` lists them, in its order and its words. */
export const menu = (locale: Locale, among: readonly Command[] = commands): readonly MenuItem[] =>
  among.map((command) => {
    const { what, example } = command.help(wordsIn(locale));
    return { word: example.split(' ')[0] ?? command.word, what };
  });

/** What everybody may type: the menus leave out what is for admins. */
export const forEverybody: readonly Command[] = commands.filter(({ permission }) => permission === 'self');
