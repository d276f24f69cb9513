import { z } from 'zod';
import { defineForm, formProblems } from '../chat/define-handler.js';
import type { TypedValues } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData, Form, Option } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { labelsOf, readPersonField } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import { asId, type UserId } from '../ids.js';
import { nextFreeDid, nextFreeExtension } from '../people/free-numbers.js';
import { displayNameOf } from '../people/person.js';
import { peopleAdminActions } from './people-admin.action-ids.js';
import { personCardOf } from './person-card.js';
import { cellOf, type FieldName } from './person-fields.js';
import { fieldsOf, personForm } from './person-form.views.js';
import { type PersonWish, savePerson } from './save-person.js';
import { findFormTenant, findPersonValues } from './save-person.store.js';

/** `admin.user`: one person, new or known, with every column of CONTRACT.md §5. */
export const personFormHandler = defineForm<TypedValues>({
  id: peopleAdminActions.user,
  permission: 'users.edit',
  open: openPersonForm,
  values: () => z.record(z.string(), z.union([z.string(), z.boolean()]).optional()),
  async submit(deps, requester, typed, carries) {
    const words = wordsIn(requester.reader.locale);
    const wish = await wishOf(deps, requester, typed, carries);
    if (wish.kind === 'problem') return formProblems({ defaultBackup: wish.line });
    const id = carries.user === undefined ? undefined : asId<UserId>(carries.user);
    const missing = id === undefined && typed.username === undefined ? ['username'] : [];
    if (typed.email === undefined) missing.push('email');
    if (missing.length > 0) return formProblems(Object.fromEntries(missing.map((name) => [name, words.chat.required])));

    const saved = await savePerson(deps, requester.actor, id, wish.wish);
    if (saved.kind === 'refused')
      return formProblems(Object.fromEntries(saved.problems.map(({ field, say }) => [field, say(words)]).reverse()));
    const said = saved.created ? 'created' : saved.changed ? 'saved' : 'nothingChanged';
    return { kind: 'replace', card: await personCardOf(deps, requester, saved.id, said) };
  },
});

/** The form as the person is now; without one, for a new person. Refuses (UserError, 404) an id of nobody here. */
async function openPersonForm(deps: Deps, requester: Requester, { user }: CarriedData): Promise<Form> {
  const { tenant, reader } = requester;
  const isPlus = tenant.edition === 'attendant_plus';
  const company = await findFormTenant(deps.db, tenant.id);
  const person = user === undefined ? undefined : await findPersonValues(deps.db, tenant.id, user);
  if (user !== undefined && !person) throw new UserError((words) => words.directory.gone, 404);
  const now = deps.clock.now();
  return personForm(reader, {
    person: person && {
      id: person.id,
      displayName: displayNameOf(person),
      username: person.username,
      hasPin: person.pinHash !== null,
      updatedAt: person.updatedAt.toISOString(),
    },
    cells: person
      ? Object.fromEntries(fieldsOf(isPlus).map((field) => [field.name, cellOf(field, person)]))
      : { userType: 'business', access: 'attendant_only', role: 'member' },
    backup: await optionOf(deps, tenant.id, person?.defaultBackupId ?? undefined),
    isPlus,
    country: tenant.country,
    nextExtension: await nextFreeExtension(deps.db, company, now),
    nextDid: await nextFreeDid(deps.db, tenant.id, now),
  });
}

async function optionOf({ db }: Deps, tenantId: Requester['tenant']['id'], id?: string): Promise<Option | undefined> {
  const label = id === undefined ? undefined : (await labelsOf(db, tenantId, [id])).get(id);
  return id === undefined || label === undefined ? undefined : { value: id, label };
}

type ReadWish =
  | { readonly kind: 'wish'; readonly wish: PersonWish }
  | { readonly kind: 'problem'; readonly line: string };

async function wishOf(deps: Deps, requester: Requester, typed: TypedValues, carries: CarriedData): Promise<ReadWish> {
  const isNew = carries.user === undefined;
  const fields = fieldsOf(requester.tenant.edition === 'attendant_plus');
  const cells = Object.fromEntries(
    fields.flatMap(({ name }) => {
      const cell = cellTyped(name, typed[name], isNew);
      return cell === undefined ? [] : [[name, cell]];
    }),
  );
  const { defaultBackup, pin, username } = typed;
  const backup = typeof defaultBackup === 'string' ? await readPersonField(deps, requester, defaultBackup) : undefined;
  if (backup?.kind === 'problem') return backup;
  const seen = carries.seen === undefined ? undefined : new Date(carries.seen);
  return {
    kind: 'wish',
    wish: {
      cells,
      username: typeof username === 'string' ? username : undefined,
      defaultBackupId: backup?.person.id ?? null,
      pin: pin === 'AUTO' ? 'reset' : pin === '-' ? 'clear' : undefined,
      seen: seen && !Number.isNaN(seen.getTime()) ? seen : undefined,
    },
  };
}

/** What a field says, as a cell; undefined: nothing. An emptied field clears, where it can be cleared. */
function cellTyped(name: FieldName, typed: TypedValues[string], isNew: boolean): string | undefined {
  if (typeof typed === 'boolean') return typed ? 'yes' : 'no';
  if (typeof typed === 'string') return typed;
  const isKept = isNew || notCleared.has(name);
  return isKept ? undefined : '-';
}

/** A switch that a platform did not send, and choices that always have a value. */
const notCleared: ReadonlySet<FieldName> = new Set([
  'email',
  'userType',
  'access',
  'role',
  'inDirectory',
  'appAccess',
  'forwarding',
]);
