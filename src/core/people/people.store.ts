import type { Prisma } from '../../generated/prisma/client.js';
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

/** Whose default backup this person is: the first by name, and how many in all. */
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

/** Whoever has `from` as default backup has `to` from now on, but `to`; returns how many they are. */
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
export type NewPerson = Pick<PersonValues, 'username' | 'email' | 'firstName' | 'lastName'> & Partial<PersonValues>;

/**
 * Add people in one statement. A person whose address, username or number was taken meanwhile is left out; returns the
 * ids of the others by username.
 */
export async function insertPeople(
  { db, tenantId, now }: Change,
  people: readonly NewPerson[],
): Promise<ReadonlyMap<string, UserId>> {
  const rows = await db.user.createManyAndReturn({
    data: people.map((person) => ({ ...writable(person), ...requiredOf(person), tenantId, createdAt: now })),
    skipDuplicates: true,
    select: { id: true, username: true },
  });
  return new Map(rows.map(({ id, username }) => [username, asId<UserId>(id)]));
}

const requiredOf = ({ username, email, firstName, lastName }: NewPerson) => ({ username, email, firstName, lastName });

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

/**
 * Write a person's values. False: the row was written since it was read. Access that is taken is remembered, for when
 * it is given back.
 */
export async function writePerson(
  { db, tenantId }: Change,
  { id, updatedAt, access }: KnownPerson,
  values: Partial<PersonValues>,
): Promise<boolean> {
  const data = { ...writable(values), ...accessBefore(access, values.access ?? access) };
  const { count } = await db.user.updateMany({ where: { id, tenantId, updatedAt }, data });
  return count > 0;
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
