import type { User } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db, Deps } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { addPeople } from '../people/add-people.js';
import { findPersonBy, findTakenNumbers } from '../people/index.js';
import type { PersonValues } from '../people/person.js';
import { findTakenValue, ValueTaken } from '../people/taken-values.js';
import { PersonChanged, updatePerson } from '../people/update-person.js';
import { readNumber } from '../phone-number.js';
import { findLivePeriods } from '../routing/load-rows.js';
import type { RoutingPeriod } from '../routing/routing-rows.js';
import { noteSettings } from '../settings/note-settings.js';
import { type SettingKey, settingNamed } from '../settings/settings.js';
import { type FactColumn, factColumns, type UserFacts } from './columns.js';
import { type ImportCompany, type KnownAbsence, type KnownUser, usernameKey } from './import-line.js';

/** A company that does not exist yet, with the schema's defaults. */
const newCompany = {
  country: 'CA',
  allowedCountries: [],
  mainNumbers: [],
  accessNumber: null,
  extensionRange: String(settingNamed('extensionRange').default),
};

/** Return the company against which an import is planned, existing or new; `numbers` as the file writes them. */
export async function companyOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  tenantId: TenantId,
  numbers: readonly string[],
): Promise<ImportCompany> {
  const now = clock.now();
  const tenant = (await db.tenant.findUnique({ where: { id: tenantId } })) ?? newCompany;
  const rows = await db.user.findMany({ where: { tenantId }, orderBy: { username: 'asc' } });
  const usernameOf = new Map(rows.map((row) => [row.id, row.username]));
  const dids = numbers.flatMap((number) => {
    const read = readNumber(number, tenant.country);
    return read.kind === 'number' ? [read.e164] : [];
  });
  const taken = await findTakenNumbers(db, tenantId, dids);
  return {
    country: tenant.country,
    allowedCountries: tenant.allowedCountries,
    ownNumbers: new Set([...tenant.mainNumbers, tenant.accessNumber].filter((number) => number !== null)),
    extensionRange: tenant.extensionRange,
    users: new Map(rows.map((row) => [usernameKey(row.username), knownUser(row, usernameOf)])),
    takenElsewhere: new Set(taken.flatMap(({ number, isHere }) => (isHere ? [] : number))),
    absences: absencesByKey(await findLivePeriods(db, tenantId, now), usernameOf),
    now,
  };
}

function absencesByKey(
  periods: readonly RoutingPeriod[],
  usernameOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly KnownAbsence[]> {
  const keyed = (id: string | null) => (id === null ? undefined : usernameOf.get(id));
  const absences = new Map<string, KnownAbsence[]>();
  for (const { userId, backupId, ...period } of periods) {
    const key = usernameKey(keyed(userId) ?? '');
    const backup = keyed(backupId);
    const absence = { ...period, backupId: backup === undefined ? null : usernameKey(backup) };
    absences.set(key, [...(absences.get(key) ?? []), absence]);
  }
  return absences;
}

/** Return a page of the company's users by username, after `after`. */
export async function findUsersAfter(
  db: Db,
  tenantId: TenantId,
  after: string,
  pageSize: number,
): Promise<readonly KnownUser[]> {
  const rows = await db.user.findMany({
    where: { tenantId, username: { gt: after } },
    orderBy: { username: 'asc' },
    take: pageSize,
  });
  const backups = await db.user.findMany({
    where: { tenantId, id: { in: rows.flatMap(({ defaultBackupId }) => defaultBackupId ?? []) } },
    select: { id: true, username: true },
  });
  const usernameOf = new Map(backups.map(({ id, username }) => [id, username]));
  return rows.map((row) => knownUser(row, usernameOf));
}

function knownUser(row: User, usernameOf: ReadonlyMap<string, string>): KnownUser {
  return {
    id: asId<UserId>(row.id),
    username: row.username,
    pinHash: row.pinHash,
    defaultBackupId: row.defaultBackupId,
    updatedAt: row.updatedAt,
    facts: {
      email: row.email.trim().toLowerCase(),
      first_name: row.firstName.trim(),
      last_name: row.lastName.trim(),
      title: row.title.trim(),
      user_type: row.userType as UserFacts['user_type'],
      access: row.access as UserFacts['access'],
      extension: row.extension,
      did: row.did,
      personal_number: row.personalNumber,
      agent_id: row.agentId,
      notification_type: row.notificationType as UserFacts['notification_type'],
      app_access: row.appAllowed,
      in_directory: row.inDirectory,
      default_backup: usernameOf.get(row.defaultBackupId ?? '') ?? null,
      direct_voicemail_transfer: row.directVoicemailTransfer,
      forwarding: row.forwardingAllowed,
      aliases: row.aliases,
      phonetic_name: row.phoneticName.trim(),
      language: row.language as UserFacts['language'],
      time_zone: row.timeZone,
      role: row.role as UserFacts['role'],
    },
  };
}

/** The row's names of the file's columns, except the backup, which is an id there. */
const fieldOf = {
  email: 'email',
  first_name: 'firstName',
  last_name: 'lastName',
  title: 'title',
  user_type: 'userType',
  access: 'access',
  extension: 'extension',
  did: 'did',
  personal_number: 'personalNumber',
  agent_id: 'agentId',
  notification_type: 'notificationType',
  app_access: 'appAllowed',
  in_directory: 'inDirectory',
  default_backup: 'defaultBackupId',
  direct_voicemail_transfer: 'directVoicemailTransfer',
  forwarding: 'forwardingAllowed',
  aliases: 'aliases',
  phonetic_name: 'phoneticName',
  language: 'language',
  time_zone: 'timeZone',
  role: 'role',
} as const satisfies Record<FactColumn, keyof PersonValues>;

/** Create a user, with its audit line. */
export async function createUser(
  change: Change,
  username: string,
  facts: UserFacts,
  pinHash: string | null,
): Promise<UserId> {
  const values = { ...valuesOf(facts, factColumns), defaultBackupId: await backupIdOf(change, facts.default_backup) };
  const { email, first_name: firstName, last_name: lastName } = facts;
  const added = await addPeople(change, [{ ...values, username, email, firstName, lastName, pinHash }]);
  const id = added.get(username);
  if (id === undefined) throw new PersonChanged();
  const set = factColumns.filter((column) => !isUnset(facts[column]) && facts[column] !== true);
  await noteSettings(change, settingsAmong(id, set));
  return id;
}

/** Update the changed columns of a user, with its audit line; a conflict if the row was changed since it was read. */
export async function updateUser(
  change: Change,
  user: KnownUser,
  facts: UserFacts,
  changed: readonly FactColumn[],
  pinHash: string | null | undefined,
): Promise<void> {
  await noteSettings(change, settingsAmong(user.id, changed));
  const { access, role, app_access: appAllowed, first_name: firstName, last_name: lastName } = user.facts;
  const before = { ...user, ...valuesOf(user.facts, factColumns), access, role, appAllowed, firstName, lastName };
  await updatePerson(change, before, {
    ...valuesOf(facts, changed),
    ...(changed.includes('default_backup') ? { defaultBackupId: await backupIdOf(change, facts.default_backup) } : {}),
    ...(pinHash === undefined ? {} : { pinHash }),
  });
}

/** The columns that are settings of a person, as CONTRACT.md §8 names them. */
const settingColumns: Partial<Record<FactColumn, SettingKey>> = {
  notification_type: 'notificationType',
  app_access: 'appAccess',
  direct_voicemail_transfer: 'directVoicemailTransfer',
  forwarding: 'forwarding',
  language: 'language',
  time_zone: 'timeZone',
};

const settingsAmong = (subjectId: string, columns: readonly FactColumn[]) =>
  columns.flatMap((column) => {
    const key = settingColumns[column];
    return key === undefined ? [] : [{ subjectId, key }];
  });

/** These columns as the person's row names them, without the backup, which the file names by username. */
const valuesOf = (facts: UserFacts, columns: readonly FactColumn[]): Partial<PersonValues> =>
  Object.fromEntries(
    columns.flatMap((column) => (column === 'default_backup' ? [] : [[fieldOf[column], facts[column]]])),
  );

async function backupIdOf({ db, tenantId }: Change, username: string | null): Promise<string | null> {
  if (username === null) return null;
  const backup = await findPersonBy(db, tenantId, { username });
  if (!backup) throw new PersonChanged();
  return backup.id;
}

const isUnset = (fact: UserFacts[FactColumn]) =>
  fact === null || fact === '' || (Array.isArray(fact) && fact.length === 0);

/** Return whether another change meanwhile took or changed what this one needed. */
export const isConflict = (error: unknown): boolean => error instanceof PersonChanged || error instanceof ValueTaken;

/** Return a column whose value another user has now; `holder` undefined: in another company. */
export async function findTakenColumn(
  db: Db,
  tenantId: TenantId,
  facts: UserFacts,
  except: UserId | null,
): Promise<{ readonly column: FactColumn; readonly holder: string | undefined } | undefined> {
  const taken = await findTakenValue(db, tenantId, valuesOf(facts, ['email', 'extension', 'did', 'agent_id']), except);
  const column = taken && factColumns.find((name) => fieldOf[name] === taken.value);
  return column && { column, holder: taken.holder };
}
