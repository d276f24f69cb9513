import { personMentioned } from '../accounts/linking.js';
import type { AccountKey, Mention } from '../chat/exchange.js';
import type { Db, Deps } from '../deps.js';
import { isUuid, type TenantId } from '../ids.js';
import { findPersonBy } from '../people/people.js';
import { labelOf, type Person } from '../people/person.js';
import { keysIn } from '../people/person-key.js';
import { cut } from '../text.js';
import { likely, near, type Search, searchDirectory, sureEnough } from './directory.js';

/** In which company somebody is looked for; `country` (ISO 3166) is how its numbers are read. */
interface InCompany {
  readonly id: TenantId;
  readonly country: string;
}

/** How somebody is named: the first mention, else the text. */
export interface Named {
  readonly text: string;
  readonly mentions?: readonly Mention[];
}

interface How {
  /** Where a platform’s own picker was used: its platform and workspace. An id that is nobody’s here is an account there. */
  readonly picker?: Omit<AccountKey, 'accountId'>;
  /** May the person with this e-mail address be named? Unless told, anybody may. */
  readonly sees?: (person: Person) => boolean;
  /** Who asks: of people of one name, those they know come first. */
  readonly whose?: Search['whose'];
  /** `name`: digits and letters one by one are part of a name. Unless told, the text itself tells. */
  readonly kind?: 'name';
}

/** The person that a mention or a text names. */
export type FoundPerson =
  | { readonly kind: 'person'; readonly person: Person }
  /** Mentioned, and not in Attendant. */
  | { readonly kind: 'outside'; readonly name: string | undefined }
  /** It fits each of these as well. */
  | { readonly kind: 'several'; readonly people: readonly Person[] }
  /** Nobody; `near`: whom it resembles, best first. */
  | { readonly kind: 'nobody'; readonly near: readonly Person[] };

const nobody: FoundPerson = { kind: 'nobody', near: [] };
const mostFound = 20;
const mostFitting = 10;

/**
 * The one person whom somebody names: by a mention, an id, an e-mail address, an extension, a DID, or a name or enough of
 * it. By extension, DID, id and mention the hidden too; by name only who stands in the directory (PRODUCT.md §3).
 */
export async function findPerson(
  deps: Deps,
  tenant: InCompany,
  { text, mentions = [] }: Named,
  how: How = {},
): Promise<FoundPerson> {
  const [mention] = mentions;
  if (mention) return personMentioned(deps, tenant.id, mention);
  const typed = text.trim();
  if (typed === '') return nobody;
  const isName = how.kind === 'name' && !typed.includes('@');
  const exact = isName ? undefined : await findExactly(deps.db, tenant, typed);
  if (exact && (!typed.includes('@') || (how.sees?.(exact) ?? true))) return { kind: 'person', person: exact };
  if (!isUuid(typed)) return findByName(deps, tenant, typed, how);
  return how.picker ? pickedOf(deps, tenant, { ...how.picker, accountId: typed }) : nobody;
}

/** The person whom an id, an e-mail address, an extension or a DID names, hidden or not; undefined: nobody. */
export async function findExactly(db: Db, tenant: InCompany, text: string): Promise<Person | undefined> {
  for (const key of keysIn(text, tenant.country)) {
    const person = await findPersonBy(db, tenant.id, key);
    if (person) return person;
  }
  return undefined;
}

/** Somebody of a platform’s own picker, who may never have written to us. */
async function pickedOf(deps: Deps, tenant: InCompany, account: AccountKey): Promise<FoundPerson> {
  const picked = await personMentioned(deps, tenant.id, account);
  return picked.kind === 'outside' && picked.name === undefined ? nobody : picked;
}

/** A part of a name is enough where it fits one person only, or one better than all. */
async function findByName(deps: Deps, tenant: InCompany, typed: string, { whose, kind }: How): Promise<FoundPerson> {
  // As our own lists write it, title and team included, a name may come back typed.
  const found = await searchDirectory(deps, tenant.id, withoutBrackets(typed), { limit: mostFound, whose, kind });
  const labelled = found.filter(({ person }) => same(cut(labelOf(person), longestLabel), typed));
  const sure = labelled.length > 0 ? labelled : likely(found.filter(({ score }) => score >= sureEnough));
  const [only, second] = sure;
  if (!only) return { kind: 'nobody', near: near(found).map(({ person }) => person) };
  return second
    ? { kind: 'several', people: sure.slice(0, mostFitting).map(({ person }) => person) }
    : { kind: 'person', person: only.person };
}

/** As long as a choice may be on every platform. */
export const longestLabel = 75;

/** `Ann Baker (Sales)` → `Ann Baker`. */
function withoutBrackets(typed: string): string {
  const open = typed.endsWith(')') ? typed.lastIndexOf('(') : -1;
  return open === -1 || typed.indexOf(')', open) < typed.length - 1 ? typed : typed.slice(0, open).trimEnd();
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
