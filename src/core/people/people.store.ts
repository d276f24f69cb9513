import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type E164, type Extension, isUuid, type TenantId, type UserId } from '../ids.js';
import { type Access, displayNameOf, type Person, type PersonValues, type UserType } from './person.js';
import { mayOpenAttendant } from './sql.js';

type Reads = Db | Transaction;

const columns = {
  id: true,
  tenantId: true,
  firstName: true,
  lastName: true,
  email: true,
  title: true,
  team: true,
  userType: true,
  access: true,
  extension: true,
  did: true,
  personalNumber: true,
  agentId: true,
  inDirectory: true,
  defaultBackupId: true,
} as const satisfies Prisma.UserSelect;

type Row = Prisma.UserGetPayload<{ select: typeof columns }>;

const personOf = (row: Row): Person => ({
  id: asId<UserId>(row.id),
  tenantId: asId<TenantId>(row.tenantId),
  displayName: displayNameOf(row),
  firstName: row.firstName,
  lastName: row.lastName,
  email: row.email,
  title: row.title,
  team: row.team,
  userType: row.userType as UserType,
  access: row.access as Access,
  extension: row.extension === null ? undefined : asId<Extension>(row.extension),
  did: row.did === null ? undefined : asId<E164>(row.did),
  personalNumber: row.personalNumber === null ? undefined : asId<E164>(row.personalNumber),
  agentId: row.agentId ?? undefined,
  inDirectory: row.inDirectory,
  defaultBackupId: row.defaultBackupId === null ? undefined : asId<UserId>(row.defaultBackupId),
});

/** A key that identifies one person of a company. */
export type PersonKey =
  | { readonly id: string }
  | { readonly username: string }
  | { readonly email: string }
  | { readonly extension: string }
  /** E.164. */
  | { readonly did: string };

/** Return the person with exactly this key, hidden or not, with access or without; undefined: there is none. */
export async function findPersonBy(db: Reads, tenantId: TenantId, key: PersonKey): Promise<Person | undefined> {
  if ('id' in key && !isUuid(key.id)) return undefined;
  const where = 'email' in key ? await whereEmail(db, tenantId, key.email.trim()) : key;
  const row = where && (await db.user.findFirst({ where: { tenantId, ...where }, select: columns }));
  return row ? personOf(row) : undefined;
}

/** By the index of migration 0002; Prisma compares without case by ILIKE, which reads the whole company. */
async function whereEmail(db: Reads, tenantId: TenantId, email: string): Promise<{ id: string } | undefined> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND lower(email) = lower(${email})`;
  return row;
}

/** Return the user with this id; undefined: there is none. */
export const findUser = (db: Reads, tenantId: TenantId, id: string): Promise<Person | undefined> =>
  findPersonBy(db, tenantId, { id });

/** Return the users with these ids, in no particular order; unknown ids are left out. */
export async function findUsers(db: Reads, tenantId: TenantId, ids: readonly string[]): Promise<readonly Person[]> {
  if (ids.length === 0) return [];
  const rows = await db.user.findMany({ where: { tenantId, id: { in: [...ids] } }, select: columns });
  return rows.map(personOf);
}

/** Return the people with exactly one of these extensions or DIDs (E.164), hidden or not. */
export async function findByNumbers(
  db: Reads,
  tenantId: TenantId,
  { extensions, dids }: { readonly extensions: readonly string[]; readonly dids: readonly string[] },
): Promise<readonly Person[]> {
  if (extensions.length === 0 && dids.length === 0) return [];
  const rows = await db.user.findMany({
    where: { tenantId, OR: [{ extension: { in: [...extensions] } }, { did: { in: [...dids] } }] },
    select: columns,
  });
  return rows.map(personOf);
}

/** Return the user behind a linked chat account; undefined: the account is not linked. */
export async function findUserByAccount(
  db: Reads,
  tenantId: TenantId,
  account: { readonly platform: string; readonly externalWorkspaceId: string; readonly accountId: string },
): Promise<Person | undefined> {
  const { platform, externalWorkspaceId, accountId } = account;
  const row = await db.account.findFirst({
    where: { tenantId, platform, externalWorkspaceId, accountId },
    select: { user: { select: columns } },
  });
  return row ? personOf(row.user) : undefined;
}

/** Return the ids of a company's admins. */
export async function findAdmins(db: Reads, tenantId: TenantId): Promise<readonly UserId[]> {
  const rows = await db.user.findMany({
    where: { tenantId, role: 'admin' },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ id }) => asId<UserId>(id));
}

/** Return agent ids of the company's people, at most so many. */
export async function findAgentIds(db: Reads, tenantId: TenantId, most: number): Promise<readonly string[]> {
  const where = { tenantId, userType: { in: ['agent', 'rollover'] }, agentId: { not: null } };
  const rows = await db.user.findMany({ where, select: { agentId: true }, orderBy: { agentId: 'asc' }, take: most });
  return rows.flatMap(({ agentId }) => agentId ?? []);
}

/** Return the company of a user; undefined: the user is gone. */
export async function findTenantOf(db: Reads, id: UserId): Promise<TenantId | undefined> {
  const row = await db.user.findUnique({ where: { id }, select: { tenantId: true } });
  return row ? asId<TenantId>(row.tenantId) : undefined;
}

/** Return the role of a user. Throws if the user is gone. */
export async function findRole(db: Reads, id: UserId): Promise<Role> {
  return (await db.user.findUniqueOrThrow({ where: { id }, select: { role: true } })).role as Role;
}

/** Return display names by user id; unknown ids are left out. */
export async function findNames(db: Reads, tenantId: TenantId, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.user.findMany({
    where: { tenantId, id: { in: [...ids] } },
    select: { id: true, firstName: true, lastName: true },
  });
  return new Map(rows.map((row) => [row.id, displayNameOf(row)]));
}

/** Set or clear a person's default backup, with its audit line, inside a change. */
export async function updateDefaultBackup(
  { db, record, touch }: Change,
  person: Person,
  backup: Person,
): Promise<void> {
  await db.user.update({ where: { id: person.id }, data: { defaultBackupId: backup.id } });
  record({
    event: 'user.backup-set',
    subjectId: person.id,
    before: { backup: person.defaultBackupId ?? null },
    after: { backup: backup.id },
  });
  touch(person.id);
}

/** Return the people whose default backup this person is: the first by name, and how many in all. */
export async function findWithDefaultBackup(
  db: Reads,
  tenantId: TenantId,
  backupId: UserId,
  most: number,
): Promise<{ readonly people: readonly Person[]; readonly total: number }> {
  const where = { tenantId, defaultBackupId: backupId };
  const rows = await db.user.findMany({
    where,
    select: columns,
    orderBy: [{ lastName: 'asc' }, { id: 'asc' }],
    take: most,
  });
  return { people: rows.map(personOf), total: await db.user.count({ where }) };
}

/** Give everybody except `to` who has `from` as default backup the backup `to`; return how many they are. */
export async function replaceDefaultBackup(
  { db, tenantId, record, touch }: Change,
  from: UserId,
  to: UserId,
): Promise<number> {
  const changed = await db.$queryRaw<{ id: UserId }[]>`
    UPDATE "User" SET "defaultBackupId" = ${to}::uuid, "updatedAt" = clock_timestamp()
    WHERE "tenantId" = ${tenantId}::uuid AND "defaultBackupId" = ${from}::uuid AND id <> ${to}::uuid RETURNING id`;
  for (const { id } of changed) {
    record({ event: 'user.backup-set', subjectId: id, before: { backup: from }, after: { backup: to } });
    touch(id);
  }
  return changed.length;
}

/** The values of a person to add; omitted ones have the schema's defaults. */
export type NewPerson = Pick<PersonValues, 'username' | 'email' | 'firstName' | 'lastName'> &
  Partial<PersonValues> & {
    /** Where others of the same statement have them as their backup. */
    readonly id?: UserId;
  };

/**
 * Add people in one statement. A person whose address, username or number was taken meanwhile is left out; returns the
 * ids of the others by username.
 */
export async function insertPeople(
  { db, tenantId, now }: Change,
  people: readonly NewPerson[],
): Promise<ReadonlyMap<string, UserId>> {
  const rows = people.map((person) => ({ id: randomUUID(), ...unsaid, ...person }));
  const added = await db.$queryRaw<{ id: UserId; username: string }[]>`
    INSERT INTO "User" (id, "tenantId", "createdAt", "updatedAt", ${columnList(personColumns)})
    SELECT id, ${tenantId}::uuid, ${now}, ${now}, ${columnList(personColumns)}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS person (id uuid, ${typedColumns(personColumns)})
    ON CONFLICT DO NOTHING RETURNING id, username`;
  return new Map(added.map(({ id, username }) => [username, id]));
}

/** What the schema has for a person of whom it is not said. */
const unsaid = {
  title: '',
  userType: 'business',
  access: 'attendant_only',
  role: 'member',
  inDirectory: true,
  forwardingAllowed: true,
  appAllowed: true,
  aliases: [],
  phoneticName: '',
} as const satisfies Partial<PersonValues>;

/** The columns of `PersonValues` as PostgreSQL types them. */
const columnTypes = {
  username: 'text',
  email: 'text',
  firstName: 'text',
  lastName: 'text',
  title: 'text',
  userType: 'text',
  access: 'text',
  role: 'text',
  extension: 'text',
  did: 'text',
  personalNumber: 'text',
  agentId: 'text',
  inDirectory: 'boolean',
  defaultBackupId: 'uuid',
  notificationType: 'text',
  directVoicemailTransfer: 'boolean',
  language: 'text',
  timeZone: 'text',
  forwardingAllowed: 'boolean',
  appAllowed: 'boolean',
  aliases: 'text[]',
  phoneticName: 'text',
  pinHash: 'text',
} as const satisfies Record<keyof PersonValues, string>;

type PersonColumn = keyof typeof columnTypes;
const personColumns = Object.keys(columnTypes) as PersonColumn[];

const columnList = (names: readonly PersonColumn[]): Prisma.Sql =>
  Prisma.raw(names.map((name) => `"${name}"`).join(', '));
const typedColumns = (names: readonly PersonColumn[]): Prisma.Sql =>
  Prisma.raw(names.map((name) => `"${name}" ${columnTypes[name]}`).join(', '));

/** A person before a change: the fields that decide access, the name, and at least the values that change. */
export type KnownPerson = Partial<PersonValues> &
  Pick<PersonValues, 'access' | 'role' | 'appAllowed' | 'firstName' | 'lastName'> & {
    readonly id: UserId;
    /** When the row was last written: a change is refused if the row was written since. */
    readonly updatedAt: Date;
  };

/** Return the person, locked until the commit; undefined: the person is gone. */
export async function lockPerson({ db, tenantId }: Change, id: UserId): Promise<KnownPerson | undefined> {
  const [row] = await db.$queryRaw<KnownPerson[]>`
    SELECT * FROM "User" WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return row;
}

/** Return a person with their PIN's hash and those of the PINs before it, the newest first. */
export function findPinOwner(db: Db, tenantId: TenantId, id: UserId) {
  return db.user.findFirst({
    where: { id, tenantId },
    select: {
      ...{ id: true, updatedAt: true, access: true, role: true, appAllowed: true, firstName: true, lastName: true },
      ...{ extension: true, pinHash: true, pastPinHashes: true },
    },
  }) as Promise<PinOwner | null>;
}
type PinOwner = KnownPerson &
  Pick<PersonValues, 'extension' | 'pinHash'> & { readonly pastPinHashes: readonly string[] };

/** Remember the PINs that are about to be replaced. The one in use and four before it cannot be chosen again. */
async function rememberPins({ db, tenantId }: Change, ids: readonly UserId[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "User" SET "pastPinHashes" = (array_prepend("pinHash", "pastPinHashes"))[1:5]
    WHERE "tenantId" = ${tenantId}::uuid AND id = ANY (${ids}::uuid[]) AND "pinHash" IS NOT NULL`;
}

/**
 * Write a person's values. False: the row was written since it was read. Access that is taken is remembered, for when
 * it is given back.
 */
export async function writePerson(
  change: Change,
  { id, updatedAt, access }: KnownPerson,
  values: Partial<PersonValues>,
): Promise<boolean> {
  const { db, tenantId } = change;
  if (values.pinHash !== undefined) await rememberPins(change, [id]);
  const data = { ...writable(values), ...accessBefore(access, values.access ?? access) };
  const { count } = await db.user.updateMany({ where: { id, tenantId, updatedAt }, data });
  return count > 0;
}

/** A person and the values that they get. */
export interface PersonUpdate {
  readonly person: KnownPerson;
  readonly values: Partial<PersonValues>;
}

/**
 * Writes people in one statement, each with values of their own, as `writePerson` does. Returns when each was written, by
 * id; somebody whose row was written since it was read is left as they are.
 */
export async function writePeople(
  change: Change,
  updates: readonly PersonUpdate[],
): Promise<ReadonlyMap<UserId, Date>> {
  const { db, tenantId, now } = change;
  const withPin = updates.filter(({ values }) => values.pinHash !== undefined);
  if (withPin.length > 0)
    await rememberPins(
      change,
      withPin.map(({ person }) => person.id),
    );
  const columns = personColumns.filter((column) => updates.some(({ values }) => values[column] !== undefined));
  const rows = updates.map(({ person: { id, updatedAt, access }, values }) => ({
    ...values,
    id,
    updatedAt,
    names: Object.keys(values),
    access: values.access,
    setsBefore: values.access !== undefined && values.access !== access,
    accessBefore: values.access === 'none' ? access : null,
  }));
  const sets = columns.map((column) => {
    const name = Prisma.raw(`"${column}"`);
    return Prisma.sql`${name} = CASE WHEN ${column} = ANY (new.names) THEN new.${name} ELSE u.${name} END`;
  });
  const written = await db.$queryRaw<{ id: UserId; updatedAt: Date }[]>`
    UPDATE "User" u SET ${Prisma.join(sets)},
      "accessBefore" = CASE WHEN new."setsBefore" THEN new."accessBefore" ELSE u."accessBefore" END,
      "updatedAt" = GREATEST(${now}::timestamptz, u."updatedAt" + interval '1 millisecond')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS new (id uuid, "updatedAt" timestamptz, names text[],
      "setsBefore" boolean, "accessBefore" text, ${typedColumns(columns)})
    WHERE u.id = new.id AND u."tenantId" = ${tenantId}::uuid AND u."updatedAt" = new."updatedAt"
    RETURNING u.id, u."updatedAt"`;
  return new Map(written.map(({ id, updatedAt }) => [id, updatedAt]));
}

/**
 * Delete the people whose rows are as they were last known and to whom nothing refers; return their roles by id. Their
 * backups are cleared first, since they may be each other's.
 */
export async function deletePeople(
  { db, tenantId }: Change,
  people: readonly { readonly id: UserId; readonly updatedAt: Date }[],
): Promise<ReadonlyMap<UserId, Role>> {
  const known = JSON.stringify(people.map(({ id, updatedAt }) => ({ id, updatedAt })));
  const gone = await db.$queryRaw<{ id: UserId; role: Role }[]>`
    WITH known AS (SELECT * FROM jsonb_to_recordset(${known}::jsonb) AS known (id uuid, "updatedAt" timestamptz))
    UPDATE "User" u SET "defaultBackupId" = NULL FROM known
    WHERE u.id = known.id AND u."tenantId" = ${tenantId}::uuid AND u."updatedAt" = known."updatedAt" RETURNING u.id, u.role`;
  const ids = gone.map(({ id }) => id);
  await db.$executeRaw`DELETE FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND id = ANY (${ids}::uuid[])`;
  return new Map(gone.map(({ id, role }) => [id, role]));
}

const accessBefore = (before: Access, after: Access) => {
  if (before === after) return {};
  return { accessBefore: after === 'none' ? before : null };
};

/** Return the access that the person had when it was last taken; the lesser one if unknown. */
export async function findAccessBefore({ db, tenantId }: Change, id: UserId): Promise<Access> {
  const row = await db.user.findFirst({ where: { id, tenantId }, select: { accessBefore: true } });
  return (row?.accessBefore ?? 'attendant_only') as Access;
}

const writable = ({ aliases, ...values }: Partial<PersonValues>) => ({
  ...values,
  ...(aliases === undefined ? {} : { aliases: [...aliases] }),
});

/** Return whether the company has an admin who can use Attendant. Serialises such checks until the commit. */
export async function hasActiveAdmin({ db, tenantId }: Change): Promise<boolean> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('admins:' || ${tenantId}, 0))`;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND u.role = 'admin' AND ${mayOpenAttendant('u')} LIMIT 1`;
  return rows.length > 0;
}
