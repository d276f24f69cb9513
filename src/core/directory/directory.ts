import type { Requester } from '../chat/requester.js';
import type { Db, Deps } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { findUser } from '../people/people.js';
import { isListed, type Person } from '../people/person.js';
import { isNumber } from '../people/person-key.js';
import { findInOrder } from './directory.store.js';
import { findFrequentContacts, type Whose } from './frequent-contacts.store.js';
import { wordsOf } from './matching/fold-text.js';
import type { QueryKind } from './matching/name-index.js';
import { isWhole, type Match, type Reason } from './matching/ranking.js';

/** A person who was found: how well they fit, from 0 to 1, and why. */
export interface Found {
  readonly person: Person;
  readonly score: number;
  readonly reason: Reason;
}

export interface Search {
  readonly limit: number;
  /**
   * Unless told, the query itself tells: digits are an extension or a DID, all else is a name, and what is nobody's name
   * may be a number in words or a name in letters.
   */
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
  if ((named[0]?.score ?? 0) >= sureEnough) return named;
  const said = await ask('extension');
  if (said.length > 0) return said;
  const spelled = isSpelled(query) ? await ask('spell') : [];
  return spelled.length > 0 ? spelled : named;
}

/** Whoever asks in chat. */
export const frequentContactsOf = (requester: Requester): Whose => ({ userId: requester.user.id });

/**
 * Of what was found, what may be meant: where somebody has all of what was asked, whoever only resembles it is not; nor
 * is who fits far worse than the best.
 */
export function likely<Fit extends Pick<Match, 'score' | 'reason'>>(found: readonly Fit[]): readonly Fit[] {
  const exact = found.filter(({ reason }) => isWhole(reason));
  if (exact.length > 0) return exact;
  return close(found);
}

/** What a list shows that one chooses from: without whoever fits far worse than the best, or hardly at all. */
export const near = <Fit extends Pick<Match, 'score'>>(found: readonly Fit[]): readonly Fit[] =>
  close(found).filter(({ score }) => score >= hardly);

function close<Fit extends Pick<Match, 'score'>>(found: readonly Fit[]): readonly Fit[] {
  const best = found[0]?.score ?? 0;
  return found.filter(({ score }) => score >= best - closeEnough);
}

/** The same where people look for one person: whoever is written just so leaves out all who resemble them. */
export function clearlyBest(found: readonly Found[], query: string): readonly Found[] {
  const asked = sortedWords(query);
  // The score does not say it: whom the requester knows has a better one.
  const whole = found.filter(({ person }) => sortedWords(person.displayName) === asked);
  return whole.length > 0 ? whole : near(found);
}

const sortedWords = (name: string): string => wordsOf(name).sort().join(' ');

/** Somebody of the directory; undefined for the hidden too, whom only an extension or a number leads to. */
export async function findListed(db: Db, tenantId: TenantId, id: string): Promise<Person | undefined> {
  const person = await findUser(db, tenantId, id);
  return person && isListed(person) ? person : undefined;
}

/** Whom an requester may be shown by a mention: whoever stands in the directory, and oneself. */
export const maySee = ({ user }: Requester, person: Person): boolean => isListed(person) || person.id === user.id;

/** Letters one by one: “t r e m b l a y”, “T-R-E”. */
const isSpelled = (query: string): boolean => /^\s*\p{L}([\s.,-]+\p{L}){2,}\s*$/u.test(query);

/** Below this score nobody whose name was typed was ever meant: some letters are the same. */
const hardly = 0.65;
/** So much worse than the best, in scores, and still perhaps meant. */
const closeEnough = 0.12;
/** From this score on a name names somebody; below it only resembles. */
export const sureEnough = 0.85;
