import { z } from 'zod';
import { outsiderLine, personMentioned } from '../accounts/linking.js';
import { inBrowser } from '../accounts/page-link-card.js';
import { lineCard } from '../chat/chat.views.js';
import { type ButtonHandler, defineButton, defineCommand, defineForm } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { setDefaultBackup } from '../routing/set-default-backup.js';
import { truncate } from '../text.js';
import { directoryActions } from './directory.action-ids.js';
import { callCard, findForm, foundCard, nobodyCard, personCard } from './directory.views.js';
import { findPeople, foundPeopleOf, type ReachablePerson, reachPerson } from './find-people.js';
import { isVisibleByMention } from './search-directory.js';

/** The most people in one answer. */
const mostShown = 10;

/** `find WHO`: a name or part of one, an extension, a number, a mention. Alone it opens a form. */
export const findCommand = defineCommand({
  word: 'find',
  also: ['directory', 'who', 'who is', 'search'],
  french: ['trouver', 'trouve', 'chercher', 'annuaire', 'qui', 'qui est'],
  permission: 'self',
  readOnly: true,
  actions: ['directory'],
  help: ({ directory }) => ({ what: directory.what, example: directory.example }),
  async run(deps, requester, { text, mentions }) {
    const [mention] = mentions;
    if (text === '' && !mention) return { kind: 'open', form: findForm(requester.reader) };

    if (!mention) return answer(deps, requester, text.replace(/^@/, ''));
    const mentioned = await personMentioned(deps, requester.tenant.id, mention);
    if (mentioned.kind === 'outside')
      return { kind: 'say', card: lineCard(outsiderLine(requester.reader.locale, mentioned)) };
    const { person } = mentioned;
    if (!isVisibleByMention(requester, person)) throw goneError();
    const found = await foundPeopleOf(deps, requester, [person]);
    return { kind: 'say', card: foundCard(requester.reader, requester.tenant.country, found) };
  },
});

/** The form of `find`. */
export const directoryFindForm = defineForm({
  id: directoryActions.find,
  permission: 'self',
  open: async (_deps, requester) => findForm(requester.reader),
  values: ({ chat }) =>
    z.object({ query: z.string({ error: chat.required }).min(1, chat.required).max(100, chat.tooLong(100)) }),
  submit: (deps, requester, { query }) => answer(deps, requester, query),
});

async function answer(deps: Deps, requester: Requester, query: string): Promise<Reply> {
  const { people, more } = await findPeople(deps, requester, query, mostShown);
  if (people.length === 0) return { kind: 'say', card: nobodyCard(requester.reader, query) };
  const rest = more ? truncate(query, longestQuery) : undefined;
  return { kind: 'say', card: foundCard(requester.reader, requester.tenant.country, people, rest) };
}

/** The most characters of a query in an address. */
const longestQuery = 100;

/** Shows one of several people in full. */
const showButton = defineButton({
  id: directoryActions.show,
  permission: 'self',
  readOnly: true,
  async run(deps, requester, carries) {
    const { found } = await reachedOn(deps, requester, carries);
    return { kind: 'say', card: personCard(requester.reader, requester.tenant.country, found) };
  },
});

/** Shows what to dial to reach a person. */
const callButton = defineButton({
  id: directoryActions.call,
  permission: 'self',
  readOnly: true,
  async run(deps, requester, carries) {
    const { found, mainNumber } = await reachedOn(deps, requester, carries);
    return { kind: 'say', card: callCard(requester.reader, requester.tenant.country, found, mainNumber) };
  },
});

/** Leads to the page on which to record a message. */
const messageButton = defineButton({
  id: directoryActions.message,
  permission: 'self',
  plus: true,
  async run(deps, requester, carries) {
    const { person } = (await reachedOn(deps, requester, carries)).found;
    const words = wordsIn(requester.reader.locale).directory;
    const way = { title: words.messageTitle(person.displayName), open: words.messageOpen };
    return inBrowser(deps, requester, `/people/${person.id}/message`, way);
  },
});

/** Leads to all people found, if they are too many for a card. */
const browseButton = defineButton({
  id: directoryActions.browse,
  permission: 'self',
  async run(deps, requester, { query = '' }) {
    const words = wordsIn(requester.reader.locale).directory;
    const way = { title: words.showAllTitle, open: words.showAll };
    return inBrowser(deps, requester, `/directory?${new URLSearchParams({ q: truncate(query, longestQuery) })}`, way);
  },
});

/** Makes the person on a card the requester's default backup. */
const backupButton = defineButton({
  id: directoryActions.backup,
  permission: 'self',
  async run(deps, requester, carries) {
    const { backup, before } = await setDefaultBackup(deps, requester.actor, carries.user ?? '');
    const words = wordsIn(requester.reader.locale).directory;
    if (before?.id === backup.id) return { kind: 'replace', card: lineCard(words.backupAlready(backup.displayName)) };
    const line = before
      ? words.backupSetInstead(backup.displayName, before.displayName)
      : words.backupSet(backup.displayName);
    return { kind: 'replace', card: lineCard(line) };
  },
});

/** The buttons of the directory. */
export const directoryButtons: readonly ButtonHandler[] = [
  showButton,
  callButton,
  messageButton,
  browseButton,
  backupButton,
];

async function reachedOn(deps: Deps, requester: Requester, { user = '' }: CarriedData): Promise<ReachablePerson> {
  const reached = await reachPerson(deps, requester, user);
  if (!reached) throw goneError();
  return reached;
}

const goneError = () => new UserError((words) => words.directory.gone, 404);
