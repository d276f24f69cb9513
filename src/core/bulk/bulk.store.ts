import { Prisma, type User } from '../../generated/prisma/client.js';
import type { AuditFacts } from '../audit/audit.js';
import type { Change } from '../change.js';
import type { Db, Deps } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { endLostAccess } from '../people/end-access.js';
import { readNumber } from '../phone-number.js';
import { findLivePeriods } from '../routing/routing.js';
import type { RoutingPeriod } from '../routing/routing-rows.js';
import { noteSettings } from '../settings/change-setting.js';
import type { SettingKey } from '../settings/settings.js';
import { type FactColumn, type Facts, factColumns } from './columns.js';
import { type Company, type KnownAbsence, type KnownUser, keyOf } from './draft.js';

/** A company that is yet to be founded, as the schema founds it. */
const unfounded = { country: 'CA', allowedCountries: [], mainNumbers: [] };

/** The company, or one that is yet to be, as an import is planned against it; `numbers` as the file writes them. */
export async function companyOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  tenantId: TenantId,
  numbers: readonly string[],
): Promise<Company> {
  const now = clock.now();
  const tenant = (await db.tenant.findUnique({ where: { id: tenantId } })) ?? unfounded;
  const rows = await db.user.findMany({ where: { tenantId }, orderBy: { username: 'asc' } });
  const usernameOf = new Map(rows.map((row) => [row.id, row.username]));
  const dids = numbers.flatMap((number) => {
    const read = readNumber(number, tenant.country);
    return read.kind === 'number' ? [read.e164] : [];
  });
  // A list is one parameter; a statement has at most 32,767.
  const elsewhere = await db.$queryRaw<readonly { did: string }[]>`
    SELECT did FROM "User" WHERE did = ANY(${dids}) AND "tenantId" <> ${tenantId}::uuid`;
  return {
    country: tenant.country,
    allowedCountries: tenant.allowedCountries,
    mainNumbers: new Set(tenant.mainNumbers),
    users: new Map(rows.map((row) => [keyOf(row.username), knownUser(row, usernameOf)])),
    absences: absencesByKey(await findLivePeriods(db, tenantId, now), usernameOf),
    now,
    didsElsewhere: new Set(elsewhere.map(({ did }) => did)),
  };
}

function absencesByKey(
  periods: readonly RoutingPeriod[],
  usernameOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly KnownAbsence[]> {
  const keyed = (id: string | null) => (id === null ? undefined : usernameOf.get(id));
  const absences = new Map<string, KnownAbsence[]>();
  for (const { userId, backupId, ...period } of periods) {
    const key = keyOf(keyed(userId) ?? '');
    const backup = keyed(backupId);
    const absence = { ...period, backupId: backup === undefined ? null : keyOf(backup) };
    absences.set(key, [...(absences.get(key) ?? []), absence]);
  }
  return absences;
}

/** A page of the company's users by username, after `after`. */
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
    id: as<UserId>(row.id),
    username: row.username,
    pinHash: row.pinHash,
    updatedAt: row.updatedAt,
    facts: {
      email: row.email.trim().toLowerCase(),
      first_name: row.firstName.trim(),
      last_name: row.lastName.trim(),
      title: row.title.trim(),
      user_type: row.userType as Facts['user_type'],
      access: row.access as Facts['access'],
      extension: row.extension,
      did: row.did,
      personal_number: row.personalNumber,
      agent_id: row.agentId,
      notification_type: row.notificationType as Facts['notification_type'],
      app_access: row.appAllowed,
      in_directory: row.inDirectory,
      default_backup: usernameOf.get(row.defaultBackupId ?? '') ?? null,
      direct_voicemail_transfer: row.directVoicemailTransfer,
      forwarding: row.forwardingAllowed,
      aliases: row.aliases,
      phonetic_name: row.phoneticName.trim(),
      language: row.language as Facts['language'],
      time_zone: row.timeZone,
      role: row.role as Facts['role'],
    },
  };
}

/** How the row names what the file says, but for the backup, which is an id there. */
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
} as const satisfies Record<FactColumn, keyof User>;

/** A new user, on the record. */
export async function createUser(
  change: Change,
  username: string,
  facts: Facts,
  pinHash: string | null,
): Promise<UserId> {
  const { email, first_name: firstName, last_name: lastName } = facts;
  const set = factColumns.filter((column) => !isUnset(facts[column]));
  const user = await change.db.user.create({
    data: {
      ...(await dataOf(change, facts, factColumns)),
      tenantId: change.tenantId,
      username,
      email,
      firstName,
      lastName,
      pinHash,
    },
  });
  change.touch(as<UserId>(user.id));
  await noteSettings(
    change,
    settingsAmong(
      user.id,
      set.filter((column) => facts[column] !== true),
    ),
  );
  change.record({
    event: 'user.created',
    subjectId: user.id,
    after: { username, ...factsOf(facts, set), ...(pinHash === null ? {} : { pin: 'set' }) },
  });
  return as<UserId>(user.id);
}

/** The changed columns of a user, on the record; a conflict when somebody changed the row since it was read. */
export async function updateUser(
  change: Change,
  user: KnownUser,
  facts: Facts,
  changed: readonly FactColumn[],
  pinHash: string | null | undefined,
): Promise<void> {
  const { count } = await change.db.user.updateMany({
    where: { id: user.id, updatedAt: user.updatedAt },
    data: { ...(await dataOf(change, facts, changed)), ...(pinHash === undefined ? {} : { pinHash }) },
  });
  if (count === 0) throw new Conflict();
  change.touch(user.id);
  change.record({
    event: 'user.updated',
    subjectId: user.id,
    before: factsOf(user.facts, changed),
    after: {
      ...factsOf(facts, changed),
      ...(pinHash === undefined ? {} : { pin: pinHash === null ? 'cleared' : 'set' }),
    },
  });
  await noteSettings(change, settingsAmong(user.id, changed));
  await endLostAccess(change, user.id, standingOf(user.facts), standingOf(facts));
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

const standingOf = ({ access, role, app_access: appAllowed }: Facts) => ({ access, role, appAllowed });

async function dataOf(change: Change, facts: Facts, changed: readonly FactColumn[]) {
  const { default_backup: backup, ...rest } = facts;
  const columns = changed.filter((column) => column !== 'default_backup');
  const data = Object.fromEntries(columns.map((column) => [fieldOf[column], rest[column]]));
  return changed.includes('default_backup') ? { ...data, defaultBackupId: await backupIdOf(change, backup) } : data;
}

async function backupIdOf({ db, tenantId }: Change, username: string | null): Promise<string | null> {
  if (username === null) return null;
  const backup = await db.user.findUnique({ where: { tenantId_username: { tenantId, username } } });
  if (!backup) throw new Conflict();
  return backup.id;
}

const factsOf = (facts: Facts, changed: readonly FactColumn[]): AuditFacts =>
  Object.fromEntries(changed.map((column) => [fieldOf[column], facts[column]]));

const isUnset = (fact: Facts[FactColumn]) => fact === null || fact === '' || (Array.isArray(fact) && fact.length === 0);

/** The row is no longer as it was read. */
class Conflict extends Error {}

/** Did somebody else take or change meanwhile what this wanted? */
export const isConflict = (error: unknown): boolean =>
  error instanceof Conflict || (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002');
