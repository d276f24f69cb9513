import { may } from '../chat/actor.js';
import type { Asker } from '../chat/asker.js';
import type { Page, Reply } from '../chat/exchange.js';
import { either } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Db, Deps } from '../deps.js';
import { as, isUuid, type TenantId, type UserId } from '../ids.js';
import { findPersonBy, findUser } from '../people/people.js';
import { labelOf, type Person } from '../people/person.js';
import { cut } from '../text.js';
import { outsideLine, personMentioned } from '../users/linking.js';
import {
  acquaintancesOf,
  type Found,
  findByDid,
  findByExtension,
  isNumber,
  likely,
  maySee,
  near,
  searchDirectory,
  sureEnough,
} from './directory.js';
import { findInOrder, findNearest } from './directory.store.js';
import { sharedCard, suggestionOf } from './directory.views.js';
import { asFound, asShown, stranger } from './found-people.js';

const mostSuggestions = 20;
const firstPage: Page = { skip: 0, count: mostSuggestions };
/** Nobody reads further, and every page is searched from the start. */
const mostListed = 200;
const mostNamed = 3;
/** As long as a choice may be on every platform. */
const longestLabel = 75;

/**
 * People whose name starts or fits what is being typed, for a person field: the first 20, or the page asked for, up to
 * the first 200. Before anything is typed those of one's own team. `toShare`: each with a card for everybody who reads
 * the chat it is put into, which tells what a stranger may know.
 */
export async function suggestPeople(
  deps: Deps,
  asker: Asker,
  query: string,
  {
    toShare = false,
    page = firstPage,
  }: { readonly toShare?: boolean | undefined; readonly page?: Page | undefined } = {},
): Promise<Reply> {
  const { tenant, user, reader } = asker;
  const words = wordsIn(reader.locale).directory;
  const typed = query.trim();
  const end = Math.min(page.skip + page.count, mostListed);
  const listed =
    typed === ''
      ? await findInOrder(deps.db, tenant.id, await findNearest(deps.db, tenant.id, user.id, end))
      : near(await search(deps, asker, typed, end)).map(({ person }) => person);
  const people = listed.slice(page.skip, end);
  const found = await asFound(deps, asker, people);
  const shared = toShare ? await sharedCards(deps, asker, people) : [];
  return {
    kind: 'suggest',
    options: found.map((one, at) => {
      const card = shared[at];
      return { ...suggestionOf(reader, tenant.country, one), ...(card ? { shared: card } : {}) };
    }),
    empty: typed === '' ? words.nobodyListed : words.noSuggestion(cut(typed, 40)),
  };
}

async function sharedCards(deps: Deps, asker: Asker, people: readonly Person[]): Promise<readonly Card[]> {
  const shown = await asShown(
    deps,
    asker,
    people.map((person) => ({ person })),
    stranger,
  );
  return shown.map((one) =>
    sharedCard(asker.reader, asker.tenant.country, one, `${deps.publicUrl}/people/${one.person.id}`),
  );
}

export type Chosen =
  | { readonly kind: 'person'; readonly person: Person }
  /** Nobody, or several: words to stand at the field, with whom it may have been. */
  | { readonly kind: 'problem'; readonly line: string };

/**
 * Whom the value of a person field means: a user id as our own lists give it, a chat account as a platform's own picker
 * does, or what somebody typed: a name or enough of it, an e-mail address, an extension or a DID.
 */
export async function personChosen(deps: Deps, asker: Asker, value: string): Promise<Chosen> {
  const { id: tenantId } = asker.tenant;
  const typed = value.trim();
  if (isUuid(typed)) {
    const user = await findUser(deps.db, tenantId, typed);
    if (user) return { kind: 'person', person: user };
    // What is an id and not ours is a platform's own, of somebody who may never have written to us.
    const mentioned = await personMentioned(deps, tenantId, { ...asker.account, accountId: typed });
    if (mentioned.kind === 'person') return mentioned;
    if (mentioned.name !== undefined) return { kind: 'problem', line: outsideLine(asker.reader.locale, mentioned) };
    return { kind: 'problem', line: wordsIn(asker.reader.locale).chat.noSuchPerson };
  }
  const named = await exactly(deps, asker, typed);
  if (named) return { kind: 'person', person: named };
  const words = wordsIn(asker.reader.locale);
  if (typed === '') return { kind: 'problem', line: words.chat.noSuchPerson };

  // As our own lists write it, title and team included, a name may come back typed.
  const found = await search(deps, asker, withoutBrackets(typed), mostSuggestions);
  const labelled = found.filter(({ person }) => same(cut(labelOf(person), longestLabel), typed));
  const sure = labelled.length > 0 ? labelled : likely(found.filter(({ score }) => score >= sureEnough));
  const [only, second] = sure;
  if (only && !second) return { kind: 'person', person: only.person };

  const labels = await labelsOf(deps.db, tenantId, (only ? sure : near(found)).slice(0, mostNamed).map(idOf));
  if (labels.size === 0) return { kind: 'problem', line: words.directory.noSuggestion(cut(typed, 40)) };
  return { kind: 'problem', line: words.directory.didYouMean(either(asker.reader.locale, [...labels.values()])) };
}

/** Somebody named beyond doubt; by extension, DID and mention the hidden too. */
async function exactly(deps: Deps, asker: Asker, typed: string): Promise<Person | undefined> {
  const { db } = deps;
  const { tenant } = asker;
  if (typed.includes('@')) {
    const addressed = await findPersonBy(db, tenant.id, { email: typed });
    // Admins choose anybody they look after.
    return addressed && (maySee(asker, addressed) || may(asker.actor, 'users.view')) ? addressed : undefined;
  }
  if (!isNumber(typed)) return undefined;
  return (await findByExtension(db, tenant.id, typed)) ?? findByDid(db, tenant, typed);
}

const search = (deps: Deps, asker: Asker, query: string, limit: number): Promise<readonly Found[]> =>
  searchDirectory(deps, asker.tenant.id, query, { limit, whose: acquaintancesOf(asker) });

/** How the people behind these ids are named in a person field. */
export async function labelsOf(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = ids.filter(isUuid).map((id) => as<UserId>(id));
  const people = await findInOrder(db, tenantId, known);
  return new Map(people.map((person) => [person.id, cut(labelOf(person), longestLabel)]));
}

/** `Ann Baker (Sales)` → `Ann Baker`. */
function withoutBrackets(typed: string): string {
  const open = typed.endsWith(')') ? typed.lastIndexOf('(') : -1;
  return open === -1 || typed.indexOf(')', open) < typed.length - 1 ? typed : typed.slice(0, open).trimEnd();
}

const idOf = ({ person }: Found): UserId => person.id;
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
