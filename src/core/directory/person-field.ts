import { outsiderLine } from '../accounts/linking.js';
import { hasPermission } from '../chat/actor.js';
import type { Page, Reply } from '../chat/exchange.js';
import { joinWithOr } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Db, Deps } from '../deps.js';
import { asId, isUuid, type TenantId, type UserId } from '../ids.js';
import { labelOf, type Person } from '../people/person.js';
import { truncate } from '../text.js';
import { findInOrder, findNearest } from './directory.store.js';
import { sharedCard, suggestionOf } from './directory.views.js';
import { foundPeopleFor, foundPeopleOf, strangerViewer } from './find-people.js';
import { type FoundPerson, findPerson, longestLabel } from './find-person.js';
import {
  closeMatches,
  frequentContactsOf,
  isVisibleByMention,
  type PersonMatch,
  searchDirectory,
} from './search-directory.js';

const mostSuggestions = 20;
const firstPage: Page = { skip: 0, count: mostSuggestions };
/** Nobody reads further, and every page is searched from the start. */
const mostListed = 200;
const mostNamed = 3;

/**
 * Return the people whose name starts with or fits the typed text, for a person field: the first 20, or the requested
 * page, up to the first 200. Before anything is typed, the requester's team. `toShare`: each with a card for everybody
 * who reads the chat, which tells what a stranger may know. `without`: the id of somebody who is left out.
 */
export async function suggestPeople(
  deps: Deps,
  requester: Requester,
  query: string,
  {
    toShare = false,
    page = firstPage,
    without,
  }: {
    readonly toShare?: boolean | undefined;
    readonly page?: Page | undefined;
    readonly without?: string | undefined;
  } = {},
): Promise<Reply> {
  const { tenant, user, reader } = requester;
  const words = wordsIn(reader.locale).directory;
  const typed = query.trim();
  const end = Math.min(page.skip + page.count, mostListed);
  // One more in place of somebody who is left out.
  const most = without === undefined ? end : end + 1;
  const listed =
    typed === ''
      ? await findInOrder(deps.db, tenant.id, await findNearest(deps.db, tenant.id, user.id, most))
      : closeMatches(await search(deps, requester, typed, most)).map(({ person }) => person);
  const people = listed.filter(({ id }) => id !== without).slice(page.skip, end);
  const found = await foundPeopleOf(deps, requester, people);
  const shared = toShare ? await sharedCards(deps, requester, people) : [];
  return {
    kind: 'suggest',
    options: found.map((one, at) => {
      const card = shared[at];
      return { ...suggestionOf(reader, tenant.country, one), ...(card ? { shared: card } : {}) };
    }),
    empty: typed === '' ? words.nobodyListed : words.noSuggestion(truncate(typed, 40)),
  };
}

async function sharedCards(deps: Deps, requester: Requester, people: readonly Person[]): Promise<readonly Card[]> {
  const shown = await foundPeopleFor(
    deps,
    requester,
    people.map((person) => ({ person })),
    strangerViewer,
  );
  return shown.map((one) =>
    sharedCard(requester.reader, requester.tenant.country, one, `${deps.publicUrl}/people/${one.person.id}`),
  );
}

/** The result of reading a person field. */
export type ChosenPerson =
  | { readonly kind: 'person'; readonly person: Person }
  /** Nobody, or several: words for the field, with the people who may be meant. */
  | { readonly kind: 'problem'; readonly line: string };

/**
 * Read the value of a person field: a user id from our own lists, a chat account from a platform's own picker, or typed
 * text: a name or enough of it, an e-mail address, an extension or a DID.
 */
export async function readPersonField(deps: Deps, requester: Requester, value: string): Promise<ChosenPerson> {
  const typed = value.trim();
  const found = await findPerson(deps, requester.tenant, { text: typed }, searchOptionsOf(requester));
  return found.kind === 'person' ? found : { kind: 'problem', line: problemOf(requester, typed, found) };
}

/**
 * Return how a requester looks for one person: frequent contacts come first, and admins may name anybody whom they
 * manage.
 */
export const searchOptionsOf = (requester: Requester) => ({
  picker: requester.account,
  sees: (person: Person) => isVisibleByMention(requester, person) || hasPermission(requester.actor, 'users.view'),
  whose: frequentContactsOf(requester),
});

function problemOf(requester: Requester, typed: string, found: Exclude<FoundPerson, { kind: 'person' }>): string {
  const { locale } = requester.reader;
  if (found.kind === 'outside') return outsiderLine(locale, found);
  const words = wordsIn(locale);
  if (typed === '' || isUuid(typed)) return words.chat.noSuchPerson;
  const people = (found.kind === 'several' ? found.people : found.near).slice(0, mostNamed);
  if (people.length === 0) return words.directory.noSuggestion(truncate(typed, 40));
  return words.directory.didYouMean(
    joinWithOr(
      locale,
      people.map((person) => truncate(labelOf(person), longestLabel)),
    ),
  );
}

const search = (deps: Deps, requester: Requester, query: string, limit: number): Promise<readonly PersonMatch[]> =>
  searchDirectory(deps, requester.tenant.id, query, { limit, whose: frequentContactsOf(requester) });

/** Return the labels of people in a person field, by id. */
export async function labelsOf(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(isUuid).map((id) => asId<UserId>(id));
  const people = await findInOrder(db, tenantId, known);
  return new Map(people.map((person) => [person.id, truncate(labelOf(person), longestLabel)]));
}
