import type { Requester } from '../chat/requester.js';
import type { Db, Deps } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { findUser } from '../people/index.js';
import { isListed, type Person } from '../people/person.js';
import { isNumber } from '../people/person-key.js';
import { findInOrder } from './directory.store.js';
import { type ContactsOwner, findFrequentContacts } from './frequent-contacts.store.js';
import { wordsOf } from './matching/fold-text.js';
import type { QueryKind } from './matching/name-index.js';
import { isWhole, type Match, type Reason } from './matching/ranking.js';

/** A person who was found: how well they fit, from 0 to 1, and why. */
export interface PersonMatch {
  readonly person: Person;
  readonly score: number;
  readonly reason: Reason;
}

/** The options of a search. */
export interface Search {
  readonly limit: number;
  /**
   * By default the query decides: digits are an extension or a DID, anything else is a name, and a text that is
   * nobody's name may be a number in words or a name in letters.
   */
  readonly kind?: QueryKind | undefined;
  /** The recogniser's other transcripts, best first. */
  readonly nbest?: readonly string[] | undefined;
  /** The requester: of homonyms, their frequent contacts come first. */
  readonly whose?: ContactsOwner | undefined;
}

/**
 * Search the directory, best match first: by a name typed, said, spelled or keyed, or a part of it, an extension, or a
 * DID in any format. Hidden people and those without access are never returned (PRODUCT.md §3).
 */
export async function searchDirectory(
  deps: Deps,
  tenantId: TenantId,
  query: string,
  search: Search,
): Promise<readonly PersonMatch[]> {
  const matches = await matchesOf(deps, tenantId, query, search);
  const people = await findInOrder(
    deps.db,
    tenantId,
    matches.map(({ id }) => asId<UserId>(id)),
  );
  const byId = new Map(matches.map((match) => [match.id, match]));
  return people.flatMap((person) => {
    const match = byId.get(person.id);
    // The index may lag by a moment; the rows do not.
    return match && isListed(person) ? [{ person, score: match.score, reason: match.reason }] : [];
  });
}

async function matchesOf(deps: Deps, tenantId: TenantId, query: string, search: Search): Promise<readonly Match[]> {
  const { limit, nbest = [], whose } = search;
  const acquaintances = whose && (await findFrequentContacts(deps.db, tenantId, whose, deps.clock.now()));
  const near = acquaintances && ((id: string) => acquaintances.get(id) ?? 0);
  const ask = (kind: QueryKind) =>
    deps.directory.search(tenantId, query, { kind, nbest, limit, ...(near ? { near } : {}) });

  if (search.kind !== undefined) return ask(search.kind);
  if (isNumber(query)) {
    const found = [...(await ask('extension')), ...(await ask('did'))];
    return found.filter(({ id }, at) => found.findIndex((other) => other.id === id) === at).slice(0, limit);
  }
  const named = await ask('name');
  if ((named[0]?.score ?? 0) >= identifyingScore) return named;
  const said = await ask('extension');
  if (said.length > 0) return said;
  const spelled = isSpelled(query) ? await ask('spell') : [];
  return spelled.length > 0 ? spelled : named;
}

/** Return the key of the requester's frequent contacts. */
export const frequentContactsOf = (requester: Requester): ContactsOwner => ({ userId: requester.user.id });

/**
 * Return the plausible matches: if a person matches the whole query, people with merely similar names are dropped; so
 * are people who fit far worse than the best.
 */
export function plausibleMatches<Fit extends Pick<Match, 'score' | 'reason'>>(found: readonly Fit[]): readonly Fit[] {
  const exact = found.filter(({ reason }) => isWhole(reason));
  if (exact.length > 0) return exact;
  return topMatches(found);
}

/** Return the matches for a list to choose from: without those who fit far worse than the best, or hardly at all. */
export const closeMatches = <Fit extends Pick<Match, 'score'>>(found: readonly Fit[]): readonly Fit[] =>
  topMatches(found).filter(({ score }) => score >= worstScore);

function topMatches<Fit extends Pick<Match, 'score'>>(found: readonly Fit[]): readonly Fit[] {
  const best = found[0]?.score ?? 0;
  return found.filter(({ score }) => score >= best - closeScoreMargin);
}

/** The same for a search for one person: a person with exactly this name excludes all similar names. */
export function bestMatches(found: readonly PersonMatch[], query: string): readonly PersonMatch[] {
  const asked = sortedWords(query);
  // The score cannot decide it: frequent contacts have a better one.
  const whole = found.filter(({ person }) => sortedWords(person.displayName) === asked);
  return whole.length > 0 ? whole : closeMatches(found);
}

const sortedWords = (name: string): string => wordsOf(name).sort().join(' ');

/**
 * Return a listed person; undefined: there is none, or the person is hidden, to whom only an extension or a number
 * leads.
 */
export async function findListed(db: Db, tenantId: TenantId, id: string): Promise<Person | undefined> {
  const person = await findUser(db, tenantId, id);
  return person && isListed(person) ? person : undefined;
}

/** Return whether a mention may show this person to the requester: anybody listed, and the requester themselves. */
export const isVisibleByMention = ({ user }: Requester, person: Person): boolean =>
  isListed(person) || person.id === user.id;

/** Letters one by one: “t r e m b l a y”, “T-R-E”. */
const isSpelled = (query: string): boolean => /^\s*\p{L}([\s.,-]+\p{L}){2,}\s*$/u.test(query);

/** Below this score a typed name never meant the person: only some letters are the same. */
const worstScore = 0.65;
/** A person with a score at most this much below the best may still be meant. */
const closeScoreMargin = 0.12;
/** From this score on a name identifies a person; below it only resembles. */
export const identifyingScore = 0.85;
