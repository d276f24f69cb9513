import type { Command } from '../chat/define-handler.js';
import { commands } from './handler-registry.js';

/** Split a typed line into the command that its first words name, the longest name first, and the words after it. */
export function splitCommand(text: string): { readonly command: Command; readonly rest: string } | undefined {
  const typed = text.trim().split(/\s+/);
  for (let count = Math.min(longestName, typed.length); count > 0; count -= 1) {
    const command = byName.get(foldWord(typed.slice(0, count).join(' ')));
    if (command) return { command, rest: typed.slice(count).join(' ') };
  }
  return undefined;
}

/** Lower case without accents. */
const foldWord = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** The first command of a name has it. */
const byName = new Map(
  commands
    .flatMap((command) =>
      [command.word, ...command.also, ...command.french].map((name) => [foldWord(name), command] as const),
    )
    .reverse(),
);

const longestName = Math.max(...[...byName.keys()].map((name) => name.split(' ').length));
