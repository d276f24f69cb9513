import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Card, CarriedData } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { asId, isUuid, type UserId } from '../ids.js';
import { findUser, namesOf } from '../people/index.js';
import { displayNameOf } from '../people/person.js';
import { absencesOf } from '../routing/absence.js';
import { type AdminPerson, type PeopleRights, personAdminCard } from './people-admin.views.js';
import { findPersonValues } from './save-person.store.js';

/** Somebody of the company, for those who look after people. Refuses (UserError, 404) an id of nobody here. */
export async function adminPerson({ db, clock }: Deps, { tenant }: Requester, id: UserId): Promise<AdminPerson> {
  const [person, listed] = await Promise.all([findPersonValues(db, tenant.id, id), findUser(db, tenant.id, id)]);
  if (!person || !listed) throw new UserError((words) => words.directory.gone, 404);
  const backupId = listed.defaultBackupId;
  const names = await namesOf(db, tenant.id, [backupId]);
  const absences = await absencesOf(db, tenant.id, [person.id], clock.now());
  return {
    person,
    team: listed.team,
    backup: backupId && names.get(backupId),
    isOut: absences.has(person.id),
  };
}

/** What this requester may do with people. */
export const rightsOf = ({ actor, tenant }: Requester): PeopleRights => ({
  mayEdit: hasPermission(actor, 'users.edit'),
  isPlus: tenant.edition === 'attendant_plus',
});

type Said = 'created' | 'saved' | 'nothingChanged' | 'pinWasReset';

/** The card of one person, beginning with what has just become of them. */
export async function personCardOf(
  deps: Deps,
  requester: Requester,
  id: UserId,
  said?: Said | readonly string[],
): Promise<Card> {
  const shown = await adminPerson(deps, requester, id);
  const words = wordsIn(requester.reader.locale).peopleAdmin;
  const lines = typeof said === 'string' ? [words[said](displayNameOf(shown.person))] : said;
  return personAdminCard(requester.reader, requester.tenant.country, shown, rightsOf(requester), lines);
}

/** Return the id of the person that a button or an address names. Refuses (UserError, 404) what is no id. */
export const idIn = ({ user = '' }: CarriedData): UserId => {
  if (!isUuid(user)) throw new UserError((words) => words.directory.gone, 404);
  return asId<UserId>(user);
};
