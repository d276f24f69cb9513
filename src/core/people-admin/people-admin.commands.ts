import { z } from 'zod';
import { auditCardOf } from '../audit/load-audit-card.js';
import { type ButtonHandler, defineButton, defineForm } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Card, CarriedData } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { asId, isUuid, type UserId } from '../ids.js';
import { deactivateForm, restore } from './deactivation.commands.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import { findPeopleForm, peopleCard, peopleOnCard } from './people-admin.views.js';
import { readFilter } from './people-filter.js';
import { listPeople } from './people-list.js';
import type { PeopleFilter } from './people-list.types.js';
import { adminPerson, idIn, personCardOf } from './person-card.js';
import { personFormHandler } from './person-form.js';
import { savePerson } from './save-person.js';

/** The people whom a filter means, the first of them or those after `after`. */
export async function peopleCardFor(
  deps: Deps,
  { tenant, reader }: Requester,
  filter: PeopleFilter,
  after?: UserId,
): Promise<Card> {
  const page = await listPeople(deps, tenant.id, filter, { sort: 'name', direction: 'up', size: peopleOnCard, after });
  return peopleCard(reader, { country: tenant.country, isPlus: tenant.edition === 'attendant_plus' }, filter, page);
}

const list = defineButton({
  id: peopleAdminActions.list,
  permission: 'users.view',
  readOnly: true,
  run: async (deps, requester, carries) => ({
    kind: 'replace',
    card: await peopleCardFor(deps, requester, readFilter(carries), anchorIn(carries)),
  }),
});

const anchorIn = ({ after = '' }: CarriedData): UserId | undefined => (isUuid(after) ? asId<UserId>(after) : undefined);

/** Searches people; alone, and with what was searched before. */
const findPeople = defineForm({
  id: peopleAdminActions.find,
  permission: 'users.view',
  open: async (_deps, { reader, tenant }, carries) =>
    findPeopleForm(reader, readFilter(carries), tenant.edition === 'attendant_plus'),
  values: () => z.record(z.string(), z.unknown()),
  submit: async (deps, requester, typed): Promise<Reply> => ({
    kind: 'say',
    card: await peopleCardFor(deps, requester, readFilter(typed)),
  }),
});

const show = defineButton({
  id: peopleAdminActions.show,
  permission: 'users.view',
  readOnly: true,
  run: async (deps, requester, carries) => ({
    kind: 'say',
    card: await personCardOf(deps, requester, idIn(carries)),
  }),
});

/** What is on record about somebody; of others only for those who may read the record. */
const history = defineButton({
  id: peopleAdminActions.history,
  permission: 'users.view',
  readOnly: true,
  async run(deps, requester, carries) {
    const { person } = await adminPerson(deps, requester, idIn(carries));
    return { kind: 'say', card: await auditCardOf(deps, requester, { user: person.id }) };
  },
});

/** Ends the PIN that somebody has; they are told how to choose another. */
const resetPin = defineButton({
  id: peopleAdminActions.resetPin,
  permission: 'users.edit',
  plus: true,
  async run(deps, requester, carries) {
    const id = idIn(carries);
    await savePerson(deps, requester.actor, id, { cells: {}, pin: 'reset' });
    return { kind: 'replace', card: await personCardOf(deps, requester, id, 'pinWasReset') };
  },
});

export const peopleAdminButtons: readonly ButtonHandler[] = [list, show, history, resetPin, restore];
export const peopleAdminForms = [personFormHandler, findPeople, deactivateForm];
