import type { Asker } from '../chat/asker.js';
import type { Reply } from '../chat/exchange.js';
import { cut } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Db, Deps } from '../deps.js';
import { as, isUuid, type TenantId, type UserId } from '../ids.js';
import { absencesOf } from '../out-of-office/out-of-office.js';
import { shownTo } from '../out-of-office/period.js';
import { viewerOf } from '../out-of-office/show.js';
import { readNumber } from '../phone-number.js';
import { personMentioned } from '../users/linking.js';
import { findUser, findUserByDid, findUserByEmail, findUserByExtension, namesOf } from '../users/people.js';
import { labelOf, type Person } from '../users/person.js';
import { findAcquaintances, type Whose } from './acquaintances.store.js';
import { findFirst, findInOrder, findPage } from './directory.store.js';
import type { FoundPerson } from './directory.views.js';
import type { Match, Reason } from './matching/match.js';
import type { QueryKind } from './matching/name-index.js';

/** A person who was found: how well they fit, from 0 to 1, and why. */
export interface Found {
  readonly person: Person;
  readonly score: number;
  readonly reason: Reason;
}

export interface Search {
  readonly limit: number;
  /** Unless told, the query itself tells: digits are an extension or a DID, all else is a name. */
  readonly kind?: QueryKind | undefined;
  /** What else a recogniser may have heard, best first. */
  readonly nbest?: readonly string[] | undefined;
  /** Who asks: of people of one name, those they know come first. */
  readonly whose?: Whose | undefined;
}

/**
 * People of the directory whom `query` may mean, best first: a name typed, said, spelled or keyed, or a part of it, an
 * extension, a DID in any format. Hidden people and those without access never show up (PRODUCT.md §3).
 */
export async function searchDirectory(
  deps: Deps,
  tenantId: TenantId,
  query: string,
  search: Search,
): Promise<readonly Found[]> {
  const matches = await matchesOf(deps, tenantId, query, search);
  const people = await findInOrder(
    deps.db,
    tenantId,
    matches.map(({ id }) => as<UserId>(id)),
  );
  const byId = new Map(matches.map((match) => [match.id, match]));
  return people.flatMap((person) => {
    const match = byId.get(person.id);
    return match ? [{ person, score: match.score, reason: match.reason }] : [];
  });
}

async function matchesOf(deps: Deps, tenantId: TenantId, query: string, search: Search): Promise<readonly Match[]> {
  const { limit, nbest = [], whose } = search;
  const acquaintances = whose && (await findAcquaintances(deps.db, tenantId, whose, deps.clock.now()));
  const near = acquaintances && ((id: string) => acquaintances.get(id) ?? 0);
  const ask = (kind: QueryKind) =>
    deps.directory.search(tenantId, query, { kind, nbest, limit, ...(near ? { near } : {}) });

  if (search.kind !== undefined) return ask(search.kind);
  if (!isNumber(query)) return ask('name');
  const found = [...(await ask('extension')), ...(await ask('did'))];
  return found.filter(({ id }, at) => found.findIndex((other) => other.id === id) === at).slice(0, limit);
}

/** Whoever asks in chat. */
export const acquaintancesOf = (asker: Asker): Whose => ({ userId: asker.user.id });

/**
 * Of what was found, what may be meant: where somebody has all of what was asked, whoever only resembles it is not;
 * nor is who fits far worse than the best.
 */
export function likely<Fit extends Pick<Match, 'score' | 'reason'>>(found: readonly Fit[]): readonly Fit[] {
  const exact = found.filter(({ reason }) => reason === 'exact');
  if (exact.length > 0) return exact;
  const best = found[0]?.score ?? 0;
  return found.filter(({ score }) => score >= best - closeEnough);
}

/** The person with exactly this extension, hidden or not: for routing. `query` may say “ext. 2001”. */
export const findByExtension = (db: Db, tenantId: TenantId, query: string): Promise<Person | undefined> =>
  findUserByExtension(db, tenantId, digitsOf(query));

/** The person with exactly this DID, hidden or not: for routing. `query` in any format of the tenant's country. */
export async function findByDid(
  db: Db,
  tenant: { readonly id: TenantId; readonly country: string },
  query: string,
): Promise<Person | undefined> {
  const number = readNumber(query, tenant.country);
  return number.kind === 'number' ? findUserByDid(db, tenant.id, number.e164) : undefined;
}

/** One page of the directory, from A to Z by last name. Pages count from 1. */
export async function browseDirectory(
  { db }: Deps,
  tenantId: TenantId,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly people: readonly Person[]; readonly total: number }> {
  const { ids, total } = await findPage(db, tenantId, { skip: (page - 1) * size, take: size });
  return { people: await findInOrder(db, tenantId, ids), total };
}

export type Resolved =
  | { readonly kind: 'one'; readonly person: Person }
  | { readonly kind: 'several'; readonly people: readonly Person[] }
  | { readonly kind: 'nobody' };

/** Whom a typed name means. A part of a name is enough where it fits one person only, or one better than all. */
export async function resolveName(deps: Deps, tenantId: TenantId, name: string, whose?: Whose): Promise<Resolved> {
  const found = await searchDirectory(deps, tenantId, name, { kind: 'name', limit: mostCandidates, whose });
  const people = likely(found.filter(({ score }) => score >= sureEnough)).map(({ person }) => person);
  const [first, second] = people;
  if (!first) return { kind: 'nobody' };
  return second ? { kind: 'several', people } : { kind: 'one', person: first };
}

/**
 * Whom the value of a person field means: a user id as our own lists give it, a chat account as a platform's own
 * picker does, or what somebody typed.
 */
export async function resolvePerson(deps: Deps, asker: Asker, value: string): Promise<Person | undefined> {
  const { id: tenantId } = asker.tenant;
  if (isUuid(value)) {
    const user = await findUser(deps.db, tenantId, value);
    // What is an id and not ours is a platform's own, of somebody who may never have written to us.
    return user ?? personMentioned(deps, tenantId, { ...asker.account, accountId: value });
  }
  if (value.includes('@')) return findUserByEmail(deps.db, tenantId, value);
  const resolved = await resolveName(deps, tenantId, value, acquaintancesOf(asker));
  return resolved.kind === 'one' ? resolved.person : undefined;
}

/** People whose name starts or fits what is being typed, for a person field: at most 20. */
export async function suggestPeople(deps: Deps, asker: Asker, query: string): Promise<Reply> {
  const { db } = deps;
  const words = wordsIn(asker.reader.locale).directory;
  const people =
    query.trim() === ''
      ? await findInOrder(db, asker.tenant.id, await findFirst(db, asker.tenant.id, mostSuggestions))
      : (
          await searchDirectory(deps, asker.tenant.id, query, {
            limit: mostSuggestions,
            whose: acquaintancesOf(asker),
          })
        ).map(({ person }) => person);
  return {
    kind: 'suggest',
    options: people.map((person) => ({ value: person.id, label: cut(labelOf(person), longestLabel) })),
    empty: query.trim() === '' ? words.nobodyListed : words.noSuggestion(cut(query.trim(), 40)),
  };
}

/** How the people behind these ids are named in a person field. */
export async function labelsOf(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = await findInOrder(
    db,
    tenantId,
    ids.filter(isUuid).map((id) => as<UserId>(id)),
  );
  return new Map(people.map((person) => [person.id, cut(labelOf(person), longestLabel)]));
}

/** The people as a card shows them: in or out, and who covers, as far as this asker may know. */
export async function asFound(deps: Deps, asker: Asker, people: readonly Person[]): Promise<readonly FoundPerson[]> {
  const { id: tenantId } = asker.tenant;
  const absences = await absencesOf(
    deps.db,
    tenantId,
    people.map(({ id }) => id),
    asker.reader.now,
  );
  const viewer = viewerOf(asker);
  const told = new Map([...absences].map(([userId, period]) => [userId, shownTo(viewer, period)]));
  const names = await namesOf(
    deps.db,
    tenantId,
    [...told.values()].map((absence) => absence?.backupId),
  );
  return people.map((person) => {
    const absence = told.get(person.id);
    return {
      person,
      isAsker: person.id === asker.user.id,
      absence: absence && { until: absence.until, coveredBy: absence.backupId && names.get(absence.backupId) },
    };
  });
}

/** Digits, with or without “ext.”, “poste” and the signs of phone numbers: an extension or a DID. */
const isNumber = (query: string): boolean =>
  /^\s*((ext(ension)?|poste|post|x|#)\.?\s*)?[+(]?\d[\d\s().+-]*$/i.test(query);

const digitsOf = (query: string): string => query.replace(/\D/g, '').slice(0, 20);

/** So much worse than the best, in scores, and still perhaps meant. */
const closeEnough = 0.12;
/** From this score on a name names somebody; below it only resembles. */
const sureEnough = 0.85;
const mostCandidates = 10;
const mostSuggestions = 20;
/** As long as a choice may be on every platform. */
const longestLabel = 75;
