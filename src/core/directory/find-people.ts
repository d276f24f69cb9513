import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { asId, type E164, type UserId } from '../ids.js';
import { findUsers } from '../people/index.js';
import { hasAccess, isListed, type Person, takesCalls } from '../people/person.js';
import { absencesOf, shownTo, viewerOf } from '../routing/absence.js';
import type { Viewer } from '../routing/absence.types.js';
import { findMainNumber } from './directory.store.js';
import type { FoundPerson } from './directory.views.js';
import { bestMatches, findListed, frequentContactsOf, type PersonMatch, searchDirectory } from './search-directory.js';

/** The result of a search: at most `limit` people, best first, and whether there are more. */
interface FoundPeople {
  readonly people: readonly FoundPerson[];
  readonly more: boolean;
}

/** Search for the people whom the requester may mean by the typed text. */
export async function findPeople(deps: Deps, requester: Requester, query: string, limit: number): Promise<FoundPeople> {
  const found = await searchDirectory(deps, requester.tenant.id, query, {
    limit: limit + 1,
    whose: frequentContactsOf(requester),
  });
  const fitting = bestMatches(found, query);
  return { people: await foundPeopleFor(deps, requester, fitting.slice(0, limit)), more: fitting.length > limit };
}

/** Return people as cards show them: in or out, and who covers, as far as this requester may know. */
export const foundPeopleOf = (
  deps: Deps,
  requester: Requester,
  people: readonly Person[],
): Promise<readonly FoundPerson[]> =>
  foundPeopleFor(
    deps,
    requester,
    people.map((person) => ({ person })),
  );

/** A person as a card shows them, and the number of the company before their extension. */
export interface ReachablePerson {
  readonly found: FoundPerson;
  readonly mainNumber: E164 | undefined;
}

/** Return a listed person and how to reach them; undefined: hidden, without access, or gone. */
export async function reachPerson(deps: Deps, requester: Requester, id: string): Promise<ReachablePerson | undefined> {
  const person = await findListed(deps.db, requester.tenant.id, id);
  const [found] = person ? await foundPeopleOf(deps, requester, [person]) : [];
  return found && { found, mainNumber: await findMainNumber(deps.db, requester.tenant.id) };
}

/** The viewer of a card that is shared: anybody, so the card tells only what a stranger may know. */
export const strangerViewer: Viewer = { userId: asId<UserId>('nobody'), isAdmin: false };

type ShownPeople = Pick<PersonMatch, 'person'> & Partial<Pick<PersonMatch, 'reason'>>;

/** Return people with the reason each was found. `viewer`: who reads, if not the requester alone. */
export async function foundPeopleFor(
  deps: Deps,
  requester: Requester,
  found: readonly ShownPeople[],
  viewer: Viewer = viewerOf(requester),
): Promise<readonly FoundPerson[]> {
  const { id: tenantId, edition } = requester.tenant;
  const ids = found.map(({ person }) => person.id);
  const absences = await absencesOf(deps.db, tenantId, ids, requester.reader.now);
  const told = new Map([...absences].map(([userId, period]) => [userId, shownTo(viewer, period)]));
  const backups = [...told.values()].flatMap((absence) => absence?.backupId ?? []);
  const covering = new Map((await findUsers(deps.db, tenantId, backups)).map((person) => [person.id, person]));
  /** A hidden backup is named to the two of them and to admins only. */
  const coverOf = (person: Person, backupId: UserId | undefined) => {
    const backup = backupId && covering.get(backupId);
    const insider = viewer.isAdmin || viewer.userId === person.id || viewer.userId === backupId;
    return backup && (insider || isListed(backup)) ? backup.displayName : undefined;
  };
  return found.map(({ person, reason }) => {
    const absence = told.get(person.id);
    return {
      person,
      isAsker: person.id === requester.user.id,
      hasMailbox: edition === 'attendant_plus' && hasAccess(person),
      takesCalls: takesCalls(person),
      absence: absence && { until: absence.until, coveredBy: coverOf(person, absence.backupId) },
      ...(reason === undefined ? {} : { reason }),
    };
  });
}
