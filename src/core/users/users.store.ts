import type { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { Db, Transaction } from '../deps.js';
import { as, type E164, type Extension, isUuid, type TenantId, type UserId } from '../ids.js';
import type { Access, Person, UserType } from './person.js';

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
  id: as<UserId>(row.id),
  tenantId: as<TenantId>(row.tenantId),
  displayName: `${row.firstName} ${row.lastName}`.trim(),
  firstName: row.firstName,
  lastName: row.lastName,
  email: row.email,
  title: row.title,
  team: row.team,
  userType: row.userType as UserType,
  access: row.access as Access,
  extension: row.extension === null ? undefined : as<Extension>(row.extension),
  did: row.did === null ? undefined : as<E164>(row.did),
  personalNumber: row.personalNumber === null ? undefined : as<E164>(row.personalNumber),
  agentId: row.agentId ?? undefined,
  inDirectory: row.inDirectory,
  defaultBackupId: row.defaultBackupId === null ? undefined : as<UserId>(row.defaultBackupId),
});

export async function findUser(db: Reads, tenantId: TenantId, id: string): Promise<Person | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db.user.findFirst({ where: { tenantId, id }, select: columns });
  return row ? personOf(row) : undefined;
}

/** In no particular order; ids that are nobody's are left out. */
export async function findUsers(db: Reads, tenantId: TenantId, ids: readonly string[]): Promise<readonly Person[]> {
  if (ids.length === 0) return [];
  const rows = await db.user.findMany({ where: { tenantId, id: { in: [...ids] } }, select: columns });
  return rows.map(personOf);
}

export async function findUserByEmail(db: Reads, tenantId: TenantId, email: string): Promise<Person | undefined> {
  const row = await db.user.findFirst({
    where: { tenantId, email: { equals: likeExactly(email.trim()), mode: 'insensitive' } },
    select: columns,
  });
  return row ? personOf(row) : undefined;
}

/** Prisma compares without case by ILIKE, to which `_` and `%` mean more than themselves. */
const likeExactly = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

export async function findUserByExtension(
  db: Reads,
  tenantId: TenantId,
  extension: string,
): Promise<Person | undefined> {
  const row = await db.user.findFirst({ where: { tenantId, extension }, select: columns });
  return row ? personOf(row) : undefined;
}

/** `did` as E.164. */
export async function findUserByDid(db: Reads, tenantId: TenantId, did: E164): Promise<Person | undefined> {
  const row = await db.user.findFirst({ where: { tenantId, did }, select: columns });
  return row ? personOf(row) : undefined;
}

/** The user behind a chat account, when that account is linked. */
export async function findUserByAccount(
  db: Reads,
  tenantId: TenantId,
  account: { readonly platform: string; readonly workspaceId: string; readonly accountId: string },
): Promise<Person | undefined> {
  const { platform, workspaceId, accountId } = account;
  const row = await db.account.findFirst({
    where: { tenantId, platform, workspaceId, accountId },
    select: { user: { select: columns } },
  });
  return row ? personOf(row.user) : undefined;
}

export async function findAdmins(db: Reads, tenantId: TenantId): Promise<readonly UserId[]> {
  const rows = await db.user.findMany({
    where: { tenantId, role: 'admin' },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ id }) => as<UserId>(id));
}

/** The company of a user; undefined: they are gone. */
export async function findTenantOf(db: Reads, id: UserId): Promise<TenantId | undefined> {
  const row = await db.user.findUnique({ where: { id }, select: { tenantId: true } });
  return row ? as<TenantId>(row.tenantId) : undefined;
}

export async function findRole(db: Reads, id: UserId): Promise<Role> {
  return (await db.user.findUniqueOrThrow({ where: { id }, select: { role: true } })).role as Role;
}

export async function findNames(db: Reads, tenantId: TenantId, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.user.findMany({
    where: { tenantId, id: { in: [...ids] } },
    select: { id: true, firstName: true, lastName: true },
  });
  return new Map(rows.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`.trim()]));
}

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
