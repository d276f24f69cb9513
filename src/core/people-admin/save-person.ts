import type { RefusalText } from '../bulk/columns.js';
import { type Change, change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Words } from '../chat/words.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid, type UserId } from '../ids.js';
import { addPeople } from '../people/add-people.js';
import { DeadMailbox, makesDead, waysOf } from '../people/dead-mailbox.js';
import { nextFreeExtension } from '../people/free-numbers.js';
import { findPersonBy, findTakenNumbers, findUser } from '../people/index.js';
import { LastAdmin } from '../people/last-admin.js';
import { accessOfType, displayNameOf, hasAccess, type PersonValues, takesCalls } from '../people/person.js';
import { hashPin, randomPin } from '../people/pin.js';
import { findTakenValue, ValueTaken } from '../people/taken-values.js';
import { type KnownPerson, lockPerson, updatePerson } from '../people/update-person.js';
import { findCircle, lockGraph } from '../routing/load-rows.js';
import { noteSettings } from '../settings/record-setting-origins.js';
import { type FieldName, personFormFields, readField } from './person-fields.js';
import { tellPinReset } from './pin-reset.js';
import { type FormTenant, findFormTenant } from './save-person.store.js';

/** What is asked of a person; a cell that is absent stays as it is. */
export interface PersonWish {
  /** By field, as cells of a CSV file: `-` clears, `AUTO` picks an extension. */
  readonly cells: Partial<Record<FieldName, string>>;
  /** Of a new person alone. */
  readonly username?: string | undefined;
  /** A user id; null: nobody. */
  readonly defaultBackupId?: string | null | undefined;
  /** `reset`: they choose a new one; nobody is shown any. */
  readonly pin?: 'reset' | 'clear' | undefined;
  /** When the row was last written as the admin saw it. */
  readonly seen?: Date | undefined;
  /** Throws where the person, as they are once nobody else writes them, is no longer to be changed. */
  readonly check?: (before: KnownPerson) => void;
  /** Inside the change, once it is known that it stands: with what was there before, of the values that are written. */
  readonly note?: (change: Change, before: KnownPerson | undefined, values: Partial<PersonValues>) => Promise<void>;
}

/** Why a wish is refused, at its field; `''`: the form as a whole. */
type FieldProblem = { readonly field: WishField; readonly say: (words: Words) => string };
type WishField = FieldName | 'username' | 'defaultBackup' | 'pin' | '';

export type SavedPerson =
  | { readonly kind: 'saved'; readonly id: UserId; readonly created: boolean; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] };

/** Thrown inside the change, so that nothing of it is written. */
class Refused extends Error {
  constructor(readonly problems: readonly FieldProblem[]) {
    super('refused');
  }
}

/**
 * Creates a person (`id` undefined) or changes one, by the rules of the CSV import, each refusal at its field. All or
 * nothing; values that are there already write nothing. Refuses (UserError, 404) an id that is nobody's in the company.
 */
export async function savePerson(
  deps: Deps,
  actor: PersonActor,
  id: UserId | undefined,
  wish: PersonWish,
): Promise<SavedPerson> {
  const tenant = await findFormTenant(deps.db, actor.tenantId);
  // Hashed before the transaction, since that takes a while.
  const pinHash = wish.pin === 'reset' ? await hashPin(randomPin(null)) : null;
  try {
    return await change(deps, actor, (change) => save(change, tenant, id, { ...wish, pinHash }));
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', problems: error.problems };
    if (error instanceof ValueTaken) return refusedAt(fieldOfValue(error.value), error);
    if (error instanceof LastAdmin) return refusedAt(lostBy(wish), error);
    if (error instanceof DeadMailbox) return refusedAt(deadBy(wish), error);
    throw error;
  }
}

const refusedAt = (field: WishField, { say }: UserError): SavedPerson => ({
  kind: 'refused',
  problems: [{ field, say }],
});

const fieldOfValue = (value: ValueTaken['value']): WishField => value;

/** At which field it shows that somebody would be an admin no more. */
const lostBy = ({ cells }: PersonWish): WishField =>
  cells.role !== undefined && cells.role !== 'admin'
    ? 'role'
    : cells.access !== undefined && !hasAccess({ access: cells.access })
      ? 'access'
      : 'appAccess';

/** At which field it shows that nobody could hear the messages. */
const deadBy = ({ cells, pin }: PersonWish): WishField =>
  (['appAccess', 'notificationType', 'extension'] as const).find((field) => cells[field] !== undefined) ??
  (pin === 'clear' ? 'pin' : '');

type HashedWish = PersonWish & { readonly pinHash: string | null };

async function save(
  change: Change,
  tenant: FormTenant,
  id: UserId | undefined,
  wish: HashedWish,
): Promise<SavedPerson> {
  // First of all, like every change of the graph: a row locked before it could make two changes wait for each other.
  await lockGraph(change);
  const before = id === undefined ? undefined : await lockKnown(change, id);
  if (before && wish.seen && before.updatedAt.getTime() !== wish.seen.getTime())
    refuse('', ({ peopleAdmin }) => peopleAdmin.changedMeanwhile);

  if (before) wish.check?.(before);
  const values = await readWish(change, tenant, before, wish);
  const saved = before ? await write(change, before, values) : await create(change, wish, values);
  const circle = graphKeys.some((key) => key in values) ? await findCircle(change, saved.id) : undefined;
  if (circle) refuse('defaultBackup', ({ bulk }) => bulk.circle(circle));

  await noteSettings(change, settingsIn(saved.id, values));
  if (wish.pin === 'reset') await tellPinReset(change, saved.id);
  await wish.note?.(change, before, values);
  return saved;
}

/** Those of the values that are settings of the person. */
export const settingsIn = (subjectId: UserId, values: Partial<PersonValues>) =>
  personFormFields.flatMap(({ key, setting }) => (setting && key in values ? [{ subjectId, key: setting }] : []));

/** A DID counts too: calls that somebody sends to this number go to its person from then on. Access brings one back. */
export const graphKeys = ['defaultBackupId', 'did', 'access'] as const satisfies readonly (keyof PersonValues)[];

async function lockKnown(change: Change, id: UserId): Promise<KnownPerson> {
  const person = isUuid(id) ? await lockPerson(change, id) : undefined;
  if (!person) throw new UserError((words) => words.directory.gone, 404);
  return person;
}

function refuse(field: WishField, say: FieldProblem['say']): never {
  throw new Refused([{ field, say }]);
}

/** Where a wish is read: inside a change, or before one. */
type Reads = Pick<Change, 'tenantId' | 'now'> & {
  readonly db: Db | Transaction;
  /** Free extensions for wishes that are read together, so that each gets another. */
  readonly extensions?: Iterator<string, undefined>;
};

/**
 * What a wish would come to for somebody, without writing: the values that differ, or why it is refused. What only the
 * write can tell (a circle, the last admin) is not among it.
 */
export async function judgeWish(
  reads: Reads,
  tenant: FormTenant,
  person: KnownPerson,
  wish: Pick<PersonWish, 'cells' | 'defaultBackupId'>,
): Promise<
  { readonly kind: 'values'; readonly values: Partial<PersonValues> } | { readonly kind: 'refused'; readonly say: Say }
> {
  try {
    return { kind: 'values', values: await readWish(reads, tenant, person, { ...wish, pinHash: null }) };
  } catch (error) {
    const [problem] = error instanceof Refused ? error.problems : [];
    if (!problem) throw error;
    return { kind: 'refused', say: problem.say };
  }
}

type Say = FieldProblem['say'];

/** The values that differ from what is there. Throws `Refused` with every problem that can be told before writing. */
async function readWish(
  change: Reads,
  tenant: FormTenant,
  before: KnownPerson | undefined,
  wish: HashedWish,
): Promise<Partial<PersonValues>> {
  const problems: FieldProblem[] = [];
  const found: Partial<Record<keyof PersonValues, unknown>> = {};
  for (const field of personFormFields) {
    const cell = wish.cells[field.name];
    if (cell === undefined) continue;
    if (field.name === 'extension' && cell.toUpperCase() === 'AUTO') {
      if (!before?.extension) found.extension = await pickExtension(change, tenant, problems);
      continue;
    }
    const read = readField(field, cell, before ?? {}, tenant);
    if (read === undefined) continue;
    if ('why' in read) problems.push({ field: field.name, say: atField(field.name, field.column, read.why) });
    else found[field.key] = read.value;
  }
  const values = found as Partial<PersonValues>;
  const fitted = fitAccess(before, values, wish, problems);
  const after: Partial<PersonValues> = { ...before, ...fitted };
  if (!after.firstName && !after.lastName) problems.push(bulkProblem('firstName', 'missingName'));
  problems.push(...(await takenProblems(change, tenant, before, fitted)));
  const backup = await readBackup(change, before, wish, problems);
  const pin = wish.pin === undefined ? {} : { pinHash: wish.pinHash };
  const dead = deadProblem(tenant, before, { ...fitted, ...pin });
  if (dead) problems.push({ field: deadBy(wish), say: dead.say });
  if (problems.length > 0) throw new Refused(problems);
  return { ...fitted, ...backup, ...pin };
}

/** The write refuses it as well; a preview does not write. */
function deadProblem(
  { ways }: FormTenant,
  before: KnownPerson | undefined,
  values: Partial<PersonValues>,
): DeadMailbox | undefined {
  const after = {
    access: 'attendant_only',
    appAllowed: true,
    firstName: '',
    lastName: '',
    ...before,
    ...values,
  } as const;
  if (!makesDead(ways, before && waysOf(before), waysOf(after))) return undefined;
  return new DeadMailbox(displayNameOf(after));
}

/** The import says the column's name; a form says the label that stands there. */
const atField =
  (field: FieldName, column: string, why: RefusalText): FieldProblem['say'] =>
  (words) => {
    const parts = why(words.bulk).split(/\b/);
    const at = parts.indexOf(column);
    return at === -1 ? parts.join('') : parts.with(at, words.peopleAdmin.fields[field]).join('');
  };

const bulkProblem = (field: FieldName, why: 'missingName' | 'ownNumber'): FieldProblem => ({
  field,
  say: (words) =>
    why === 'missingName' ? words.peopleAdmin.missingName : atField(field, 'did', (bulk) => bulk[why])(words),
});

async function pickExtension(reads: Reads, tenant: FormTenant, problems: FieldProblem[]): Promise<string | null> {
  const extension = reads.extensions
    ? reads.extensions.next().value
    : await nextFreeExtension(reads.db, tenant, reads.now);
  if (extension === undefined)
    problems.push({ field: 'extension', say: ({ bulk }) => bulk.noFreeExtension(tenant.extensionRange) });
  return extension ?? null;
}

/** The kind of access follows the user type; asked for otherwise, it is refused. */
function fitAccess(
  before: KnownPerson | undefined,
  values: Partial<PersonValues>,
  wish: PersonWish,
  problems: FieldProblem[],
): Partial<PersonValues> {
  const userType = values.userType ?? before?.userType ?? 'business';
  const access = values.access ?? before?.access ?? 'attendant_only';
  const fitting = accessOfType(userType);
  const isAsItWas = values.userType === undefined && values.access === undefined && before !== undefined;
  if (!hasAccess({ access }) || access === fitting || isAsItWas) return values;
  const isSaid = wish.cells.access !== undefined && values.access !== undefined;
  if (!isSaid) return { ...values, access: fitting };
  problems.push({
    field: 'access',
    say: ({ peopleAdmin }) => peopleAdmin.accessDoesNotFit(peopleAdmin.types[userType], peopleAdmin.accesses[fitting]),
  });
  return values;
}

/** What somebody else has, each at its field and with the name of its holder. */
async function takenProblems(
  { db, tenantId }: Reads,
  tenant: FormTenant,
  before: KnownPerson | undefined,
  values: Partial<PersonValues>,
): Promise<readonly FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const key of ['email', 'extension', 'did', 'agentId'] as const) {
    const wanted = values[key];
    if (!wanted) continue;
    const taken = await findTakenValue(db, tenantId, { [key]: wanted }, before?.id ?? null);
    if (!taken) continue;
    const holder =
      taken.holder === undefined ? undefined : await findPersonBy(db, tenantId, { username: taken.holder });
    problems.push({
      field: key,
      say: ({ people, peopleAdmin }) => (holder ? peopleAdmin.taken(wanted, holder.displayName) : people.taken[key]),
    });
  }
  const { did } = values;
  if (did && tenant.ownNumbers.includes(did)) problems.push(bulkProblem('did', 'ownNumber'));
  else if (did && (await findTakenNumbers(db, tenantId, [did])).some(({ isHere }) => !isHere))
    problems.push({ field: 'did', say: ({ people }) => people.taken.did });
  return problems;
}

async function readBackup(
  { db, tenantId }: Reads,
  before: KnownPerson | undefined,
  { defaultBackupId }: PersonWish,
  problems: FieldProblem[],
): Promise<Partial<PersonValues>> {
  if (defaultBackupId === undefined || defaultBackupId === (before?.defaultBackupId ?? null)) return {};
  if (defaultBackupId === null) return { defaultBackupId: null };
  const backup = await findUser(db, tenantId, defaultBackupId);
  const problem = (say: FieldProblem['say']) => problems.push({ field: 'defaultBackup', say });
  if (!backup) problem(({ chat }) => chat.noSuchPerson);
  else if (backup.id === before?.id) problem(({ bulk }) => bulk.ownBackup);
  else if (!takesCalls(backup)) problem(({ directory }) => directory.backupTakesNoCalls(backup.displayName));
  return { defaultBackupId };
}

async function write(
  change: Change,
  before: KnownPerson,
  values: Partial<PersonValues>,
): Promise<SavedPerson & { kind: 'saved' }> {
  await updatePerson(change, before, values);
  return { kind: 'saved', id: before.id, created: false, changed: Object.keys(values).length > 0 };
}

async function create(
  change: Change,
  { username = '' }: PersonWish,
  values: Partial<PersonValues>,
): Promise<SavedPerson & { kind: 'saved' }> {
  const { email, firstName = '', lastName = '' } = values;
  if (!/^[\p{L}\p{N}._@+-]{1,254}$/u.test(username)) refuse('username', ({ peopleAdmin }) => peopleAdmin.badUsername);
  if (!email) refuse('email', ({ chat }) => chat.required);
  const added = await addPeople(change, [{ ...values, username, email, firstName, lastName }]);
  const id = added.get(username);
  // Everything else that is one person's alone was looked at before.
  if (id === undefined) refuse('username', ({ people }) => people.taken.username);
  return { kind: 'saved', id, created: true, changed: true };
}
