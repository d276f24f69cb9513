import { z } from 'zod';
import type { Asker } from '../chat/asker.js';
import { lineCard } from '../chat/chat.views.js';
import { defineButton, defineCommand, defineForm } from '../chat/define.js';
import type { Reply } from '../chat/exchange.js';
import { cut } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { setDefaultBackup } from '../users/default-backup.js';
import { personMentioned } from '../users/linking.js';
import { acquaintancesOf, asFound, searchDirectory } from './directory.js';
import { findForm, foundCard, nobodyCard } from './directory.views.js';

/** As many people as one answer shows. */
const mostShown = 10;

/** `find WHO`: a name or part of one, an extension, a number, a mention. Alone it opens a form. */
export const find = defineCommand({
  word: 'find',
  also: ['trouver', 'trouve', 'chercher', 'annuaire', 'directory', 'who', 'qui', 'search'],
  permission: 'self',
  help: ({ directory }) => ({ what: directory.what, example: directory.example }),
  async run(deps, asker, { text, mentions }) {
    const [mention] = mentions;
    if (text === '' && !mention) return { kind: 'open', form: findForm(asker.reader) };

    const person = mention && (await personMentioned(deps, asker.tenant.id, mention));
    if (!person) return answer(deps, asker, text.replace(/^@/, ''));
    const found = await asFound(deps, asker, [person]);
    return { kind: 'say', card: foundCard(asker.reader, asker.tenant.country, found, false) };
  },
});

export const directoryFind = defineForm({
  id: 'directory.find',
  permission: 'self',
  open: async (_deps, asker) => findForm(asker.reader),
  values: ({ chat }) =>
    z.object({ query: z.string({ error: chat.required }).min(1, chat.required).max(100, chat.tooLong(100)) }),
  submit: (deps, asker, { query }) => answer(deps, asker, query),
});

/** The person on a card becomes my default backup. */
export const directoryBackup = defineButton({
  id: 'directory.backup',
  permission: 'self',
  async run(deps, asker, carries) {
    const { backup, before } = await setDefaultBackup(deps, asker.actor, carries.user ?? '');
    const words = wordsIn(asker.reader.locale).directory;
    if (before?.id === backup.id) return { kind: 'replace', card: lineCard(words.backupAlready(backup.displayName)) };
    const line = before
      ? words.backupSetInstead(backup.displayName, before.displayName)
      : words.backupSet(backup.displayName);
    return { kind: 'replace', card: lineCard(line) };
  },
});

async function answer(deps: Deps, asker: Asker, query: string): Promise<Reply> {
  const matches = await searchDirectory(deps, asker.tenant.id, query, {
    limit: mostShown + 1,
    whose: acquaintancesOf(asker),
  });
  if (matches.length === 0) return { kind: 'say', card: nobodyCard(asker.reader, cut(query, 60)) };

  const people = matches.slice(0, mostShown).map(({ person }) => person);
  const found = await asFound(deps, asker, people);
  return {
    kind: 'say',
    card: foundCard(asker.reader, asker.tenant.country, found, matches.length > mostShown),
  };
}
