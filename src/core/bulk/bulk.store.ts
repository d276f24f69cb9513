import type { User } from '../../generated/prisma/client.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { findRestingNumbers, findTakenExtensions, findTakenNumbers } from '../people/index.js';
import type { PersonValues } from '../people/person.js';
import { findTakenValue } from '../people/taken-values.js';
import { readNumber } from '../phone-number.js';
import { type SettingKey, settingNamed } from '../settings/settings.js';
import { type FactColumn, factColumns, type UserFacts } from './columns.js';
import { type JudgingCompany, type KnownUser, usernameKey } from './import-line.js';

/** A company that does not exist yet, with the schema's defaults. */
const newCompany = {
  country: 'CA',
  allowedCountries: [],
  mainNumbers: [],
  accessNumber: null,
  offNumber: null,
  extensionRange: String(settingNamed('extensionRange').default),
  edition: 'attendant_plus',
  appAllowed: true,
  notificationType: String(settingNamed('notificationType').default),
};

/** The company, or one that is yet to be, as lines are judged that name these usernames and numbers. */
export async function judgingCompanyOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  tenantId: TenantId,
  sender: UserId | null,
  named: {
    readonly usernames: readonly string[];
    readonly numbers: readonly string[];
    readonly extensions: readonly string[];
  },
): Promise<JudgingCompany> {
  const tenant = (await db.tenant.findUnique({ where: { id: tenantId } })) ?? newCompany;
  const ids = await idsByKey(db, tenantId, named.usernames);
  const users = await findKnownUsers(db, tenantId, [...ids.values()]);
  const dids = named.numbers.flatMap((number) => {
    const read = readNumber(number, tenant.country);
    return read.kind === 'number' ? [read.e164] : [];
  });
  const taken = dids.length === 0 ? [] : await findTakenNumbers(db, tenantId, dids);
  return {
    country: tenant.country,
    allowedCountries: tenant.allowedCountries,
    ownNumbers: new Set(
      [...tenant.mainNumbers, tenant.accessNumber, tenant.offNumber].filter((number) => number !== null),
    ),
    extensionRange: tenant.extensionRange,
    ways: tenant,
    sender,
    users: new Map(users.map((user) => [usernameKey(user.username), user])),
    takenElsewhere: new Set(taken.flatMap(({ number, isHere }) => (isHere ? [] : number))),
    resting: await findRestingNumbers(db, { tenantId, now: clock.now() }, { extension: named.extensions, did: dids }),
  };
}

/** The range from which `AUTO` picks extensions, and those that somebody has or that rest. */
export async function findAutoExtensions(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  tenantId: TenantId,
): Promise<{ readonly range: string; readonly taken: ReadonlySet<string> }> {
  const tenant = (await db.tenant.findUnique({ where: { id: tenantId } })) ?? newCompany;
  return { range: tenant.extensionRange, taken: await findTakenExtensions(db, tenantId, clock.now()) };
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
  return withBackups(db, tenantId, rows);
}

/** These users, in no particular order. */
export const findKnownUsers = async (
  db: Db,
  tenantId: TenantId,
  ids: readonly UserId[],
): Promise<readonly KnownUser[]> =>
  withBackups(db, tenantId, await db.user.findMany({ where: { tenantId, id: { in: [...ids] } } }));

async function withBackups(db: Db, tenantId: TenantId, rows: readonly User[]): Promise<readonly KnownUser[]> {
  const backups = [...new Set(rows.flatMap(({ defaultBackupId }) => defaultBackupId ?? []))];
  const usernameOf = await usernamesOf(db, tenantId, backups);
  return rows.map((row) => knownUser(row, usernameOf));
}

export async function usernamesOf(
  db: Db,
  tenantId: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; username: string }[]>`
    SELECT id, username FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, username }) => [id, username]));
}

/** The ids of the people whom these keys name (`usernameKey(username)`), by key. */
export async function idsByKey(
  db: Db | Transaction,
  tenantId: TenantId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, UserId>> {
  if (keys.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: UserId; username: string }[]>`
    SELECT id, username FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND lower(username) = ANY (${[...keys]}::text[])`;
  return new Map(rows.map(({ id, username }) => [usernameKey(username), id]));
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

/** The columns that are settings of a person, as CONTRACT.md §8 names them. */
const settingColumns: Partial<Record<FactColumn, SettingKey>> = {
  notification_type: 'notificationType',
  app_access: 'appAccess',
  direct_voicemail_transfer: 'directVoicemailTransfer',
  forwarding: 'forwarding',
  language: 'language',
  time_zone: 'timeZone',
};

/** These columns of a person as settings that were written. */
export const settingsAmong = (subjectId: string, columns: readonly FactColumn[]) =>
  columns.flatMap((column) => {
    const key = settingColumns[column];
    return key === undefined ? [] : [{ subjectId, key }];
  });

/** These columns as the person's row names them; the backup is another matter, since the file names them. */
export const valuesOf = (facts: UserFacts, columns: readonly FactColumn[]): Partial<PersonValues> =>
  Object.fromEntries(
    columns.flatMap((column) => (column === 'default_backup' ? [] : [[fieldOf[column], facts[column]]])),
  );

/** A column whose value is somebody else's by now; `holder` undefined: another company's. */
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
