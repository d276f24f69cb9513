import { personMentioned } from '../accounts/linking.js';
import type { AccountKey, Mention } from '../chat/exchange.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { isUuid, type TenantId } from '../ids.js';
import { findPersonBy } from '../people/index.js';
import { labelOf, type Person } from '../people/person.js';
import { personKeysIn } from '../people/person-key.js';
import { truncate } from '../text.js';
import { closeMatches, identifyingScore, plausibleMatches, type Search, searchDirectory } from './search-directory.js';

/** The company in which to search; `country` (ISO 3166) is how its numbers are read. */
interface InCompany {
  readonly id: TenantId;
  readonly country: string;
}

/** How a person is named: the first mention, otherwise the text. */
export interface PersonReference {
  readonly text: string;
  readonly mentions?: readonly Mention[];
}

interface SearchContext {
  /**
   * The platform and workspace of a platform’s own picker, if one was used. An id that no user has is an account there.
   */
  readonly picker?: Omit<AccountKey, 'accountId'>;
  /** Returns whether the person with this e-mail address may be named; by default anybody may. */
  readonly sees?: (person: Person) => boolean;
  /** The requester: of homonyms, their frequent contacts come first. */
  readonly whose?: Search['whose'];
  /** `name`: digits and single letters are part of a name. By default the text decides. */
  readonly kind?: 'name';
}

/** The result of looking for one person by a mention or a text. */
export type FoundPerson =
  | { readonly kind: 'person'; readonly person: Person }
  /** Mentioned, and not in Attendant. */
  | { readonly kind: 'outside'; readonly name: string | undefined }
  /** Each of these people fits equally well. */
  | { readonly kind: 'several'; readonly people: readonly Person[] }
  /** Nobody fits; `near`: people with similar names, best first. */
  | { readonly kind: 'nobody'; readonly near: readonly Person[] };

const noMatch: FoundPerson = { kind: 'nobody', near: [] };
const mostFound = 20;
const mostFitting = 10;

/**
 * Find the one person named by a mention, an id, an e-mail address, an extension, a DID, or a name or enough of it. By
 * extension, DID, id and mention hidden people too; by name listed people only (PRODUCT.md §3).
 */
export async function findPerson(
  deps: Deps,
  tenant: InCompany,
  { text, mentions = [] }: PersonReference,
  how: SearchContext = {},
): Promise<FoundPerson> {
  const [mention] = mentions;
  if (mention) return personMentioned(deps, tenant.id, mention);
  const typed = text.trim();
  if (typed === '') return noMatch;
  const isName = how.kind === 'name' && !typed.includes('@');
  const exact = isName ? undefined : await findPersonByKey(deps.db, tenant, typed);
  if (exact && (!typed.includes('@') || (how.sees?.(exact) ?? true))) return { kind: 'person', person: exact };
  if (!isUuid(typed)) return findByName(deps, tenant, typed, how);
  return how.picker ? pickedOf(deps, tenant, { ...how.picker, accountId: typed }) : noMatch;
}

/**
 * Return the person with exactly this id, e-mail address, extension or DID, hidden or not; undefined: there is none.
 */
export async function findPersonByKey(
  db: Db | Transaction,
  tenant: InCompany,
  text: string,
): Promise<Person | undefined> {
  for (const key of personKeysIn(text, tenant.country)) {
    const person = await findPersonBy(db, tenant.id, key);
    if (person) return person;
  }
  return undefined;
}

/** The person behind an account of a platform’s own picker, who may never have written to us. */
async function pickedOf(deps: Deps, tenant: InCompany, account: AccountKey): Promise<FoundPerson> {
  const picked = await personMentioned(deps, tenant.id, account);
  return picked.kind === 'outside' && picked.name === undefined ? noMatch : picked;
}

/** A part of a name is enough if it fits one person only, or one better than all others. */
async function findByName(
  deps: Deps,
  tenant: InCompany,
  typed: string,
  { whose, kind }: SearchContext,
): Promise<FoundPerson> {
  // A typed name may be copied from our own lists, with title and team.
  const found = await searchDirectory(deps, tenant.id, withoutBrackets(typed), { limit: mostFound, whose, kind });
  const labelled = found.filter(({ person }) => isSamePerson(truncate(labelOf(person), longestLabel), typed));
  const sure =
    labelled.length > 0 ? labelled : plausibleMatches(found.filter(({ score }) => score >= identifyingScore));
  const [only, second] = sure;
  if (!only) return { kind: 'nobody', near: closeMatches(found).map(({ person }) => person) };
  return second
    ? { kind: 'several', people: sure.slice(0, mostFitting).map(({ person }) => person) }
    : { kind: 'person', person: only.person };
}

/** The most characters of a choice on every platform. */
export const longestLabel = 75;

/** `Ann Baker (Sales)` → `Ann Baker`. */
function withoutBrackets(typed: string): string {
  const open = typed.endsWith(')') ? typed.lastIndexOf('(') : -1;
  return open === -1 || typed.indexOf(')', open) < typed.length - 1 ? typed : typed.slice(0, open).trimEnd();
}

const isSamePerson = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
