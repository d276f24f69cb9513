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
import { directoryNames, findByDidEnding, findFirst, findListed } from './directory.store.js';
import type { FoundPerson } from './directory.views.js';

/** A person who was found, and how well they fit: from 0 to 1. */
export interface Found {
  readonly person: Person;
  readonly score: number;
}

export type SearchKind = 'name' | 'extension' | 'did';

/**
 * People of the directory whom `query` may mean, best first: a name or part of it, an extension, a DID in any
 * format. Hidden people and those without access never show up. Without a `kind` the query itself tells.
 */
export async function searchDirectory(
  db: Db,
  tenant: { readonly id: TenantId; readonly country: string },
  query: string,
  { limit, kind = kindOf(query) }: { limit: number; kind?: SearchKind | 'digits' },
): Promise<readonly Found[]> {
  if (kind === 'name') return byName(db, tenant.id, query, limit);

  const exact = [
    kind === 'did' ? undefined : await findByExtension(db, tenant.id, query),
    kind === 'extension' ? undefined : await findByDid(db, tenant, query),
  ].filter((person) => person !== undefined);
  const ending = digitsOf(query);
  const close =
    kind === 'extension' || ending.length < shortestLocalNumber
      ? []
      : await findListed(db, tenant.id, await findByDidEnding(db, tenant.id, ending));
  const people = new Map([...exact.filter(isListed), ...close].map((person) => [person.id, person]));
  return [...people.values()].slice(0, limit).map((person) => ({ person, score: 1 }));
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

/** People whose name fits what was said, best first; hidden people never. A score of 1 is the whole name. */
export async function findPeople({ db }: Deps, tenantId: TenantId, said: string, limit: number) {
  const found = await byName(db, tenantId, said, limit);
  return found.map(({ person: { id, displayName, title, team }, score }) => ({
    id,
    name: displayName,
    title,
    team,
    score,
  }));
}

export type Resolved =
  | { readonly kind: 'one'; readonly person: Person }
  | { readonly kind: 'several'; readonly people: readonly Person[] }
  | { readonly kind: 'nobody' };

/** Whom a typed name means. A part of a name is enough where it fits one person only, or one better than all. */
export async function resolveName(db: Db, tenantId: TenantId, name: string): Promise<Resolved> {
  const matches = (await directoryNames(db, tenantId)).search(name, mostCandidates);
  const exact = matches.filter((match) => match.exact);
  const people = await findListed(
    db,
    tenantId,
    (exact.length > 0 ? exact : matches).map(({ id }) => id),
  );
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
  const resolved = await resolveName(deps.db, tenantId, value);
  return resolved.kind === 'one' ? resolved.person : undefined;
}

/** People whose name starts or fits what is being typed, for a person field: at most 20. */
export async function suggestPeople(deps: Deps, asker: Asker, query: string): Promise<Reply> {
  const { db } = deps;
  const words = wordsIn(asker.reader.locale).directory;
  const people =
    query.trim() === ''
      ? await findListed(db, asker.tenant.id, await findFirst(db, asker.tenant.id, mostSuggestions))
      : (await searchDirectory(db, asker.tenant, query, { limit: mostSuggestions })).map(({ person }) => person);
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
  const people = await findListed(
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

async function byName(db: Db, tenantId: TenantId, query: string, limit: number): Promise<readonly Found[]> {
  const matches = (await directoryNames(db, tenantId)).search(query, limit);
  const scores = new Map(matches.map(({ id, score }) => [id, score]));
  const people = await findListed(db, tenantId, [...scores.keys()]);
  return people.map((person) => ({ person, score: scores.get(person.id) ?? 0 }));
}

const isListed = (person: Person): boolean => person.inDirectory && person.access !== 'none';

/** Digits, with or without “ext.”, “poste” and the signs of phone numbers: an extension or a DID. */
const kindOf = (query: string): 'name' | 'digits' =>
  /^\s*((ext(ension)?|poste|post|x|#)\.?\s*)?[+(]?\d[\d\s().+-]*$/i.test(query) ? 'digits' : 'name';

const digitsOf = (query: string): string => query.replace(/\D/g, '').slice(0, 20);

const shortestLocalNumber = 7;
const mostCandidates = 10;
const mostSuggestions = 20;
/** As long as a choice may be on every platform. */
const longestLabel = 75;
