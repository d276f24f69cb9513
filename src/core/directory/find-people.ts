import type { Asker } from '../chat/asker.js';
import type { Deps } from '../deps.js';
import { as, type E164, type UserId } from '../ids.js';
import { findUsers } from '../people/people.js';
import { hasAccess, isListed, type Person, takesCalls } from '../people/person.js';
import { absencesOf, shownTo, viewerOf } from '../routing/absence.js';
import type { Viewer } from '../routing/absence.types.js';
import { acquaintancesOf, type Found, findListed, meant, searchDirectory } from './directory.js';
import { findMainNumber } from './directory.store.js';
import type { FoundPerson } from './directory.views.js';

/** What looking for somebody came to: at most `limit` people, best first, and whether there are more. */
interface FoundPeople {
  readonly people: readonly FoundPerson[];
  readonly more: boolean;
}

/** Whom the asker may mean by what they typed. */
export async function findPeople(deps: Deps, asker: Asker, query: string, limit: number): Promise<FoundPeople> {
  const found = await searchDirectory(deps, asker.tenant.id, query, {
    limit: limit + 1,
    whose: acquaintancesOf(asker),
  });
  const fitting = meant(found, query);
  return { people: await asShown(deps, asker, fitting.slice(0, limit)), more: fitting.length > limit };
}

/** People as a card shows them: in or out, and who covers, as far as this asker may know. */
export const asFound = (deps: Deps, asker: Asker, people: readonly Person[]): Promise<readonly FoundPerson[]> =>
  asShown(
    deps,
    asker,
    people.map((person) => ({ person })),
  );

/** Somebody as a card shows them, and the number of the company before their extension. */
export interface Reached {
  readonly found: FoundPerson;
  readonly mainNumber: E164 | undefined;
}

/** Somebody of the directory and how to reach them; undefined for the hidden and whoever has no access. */
export async function reachPerson(deps: Deps, asker: Asker, id: string): Promise<Reached | undefined> {
  const person = await findListed(deps.db, asker.tenant.id, id);
  const [found] = person ? await asFound(deps, asker, [person]) : [];
  return found && { found, mainNumber: await findMainNumber(deps.db, asker.tenant.id) };
}

/** Whoever may read over the asker's shoulder. */
export const stranger: Viewer = { userId: as<UserId>('nobody'), isAdmin: false };

type Shown = Pick<Found, 'person'> & Partial<Pick<Found, 'reason'>>;

/** The same with why each was found. `viewer`: who reads, where that is not the asker alone. */
export async function asShown(
  deps: Deps,
  asker: Asker,
  found: readonly Shown[],
  viewer: Viewer = viewerOf(asker),
): Promise<readonly FoundPerson[]> {
  const { id: tenantId, edition } = asker.tenant;
  const ids = found.map(({ person }) => person.id);
  const absences = await absencesOf(deps.db, tenantId, ids, asker.reader.now);
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
      isAsker: person.id === asker.user.id,
      hasMailbox: edition === 'attendant_plus' && hasAccess(person),
      takesCalls: takesCalls(person),
      absence: absence && { until: absence.until, coveredBy: coverOf(person, absence.backupId) },
      ...(reason === undefined ? {} : { reason }),
    };
  });
}
