import { Prisma } from '../../generated/prisma/client.js';
import type { TenantId } from '../ids.js';
import { companySql, gateIsOpen, ownSql, sql } from '../settings/sql.js';

/*
 * Permissions as parts of a query, evaluated at each use, so that access that was taken takes effect at once. The names
 * are the query's aliases of the rows of "User" and "Tenant".
 */

const column = (row: string, name: string): Prisma.Sql => Prisma.raw(`${row}."${name}"`);

/**
 * Whether Attendant is open to everybody of this company who has access: the tenant switch, and the gate `appAccess`.
 */
const isCompanyOpen = (tenant: string): Prisma.Sql =>
  Prisma.sql`(${sql('enabled', { tenant })} AND ${companySql('appAccess', tenant)})`;

/** A person's display name (`displayNameOf`). */
export const displayName = (user: string): Prisma.Sql =>
  Prisma.sql`trim(${column(user, 'firstName')} || ' ' || ${column(user, 'lastName')})`;

/** Whether this person has access of any kind (`hasAccess`). */
export const hasAccess = (user: string): Prisma.Sql => Prisma.sql`${column(user, 'access')} <> 'none'`;

/** May calls be sent to this person (`takesCalls`)? */
export const takesCalls = (user: string): Prisma.Sql =>
  Prisma.sql`(${hasAccess(user)} AND ${column(user, 'userType')} <> 'general_voicemail')`;

/**
 * Whether the directory lists this person: not hidden, and with access (`isListed`). Matches the index of migration
 * 0007.
 */
const isListed = (user: string): Prisma.Sql => Prisma.sql`${column(user, 'inDirectory')} AND ${hasAccess(user)}`;

/** A condition: rows of "User" that this company's directory lists. */
export const isListedIn = (tenantId: TenantId): Prisma.Sql =>
  Prisma.sql`"User"."tenantId" = ${tenantId}::uuid AND ${isListed('"User"')}`;

/** Whether this person has access, and their own side of the gate `appAccess` is open (`mayOpenAttendant`). */
export const mayOpenAttendant = (user: string): Prisma.Sql =>
  Prisma.sql`(${hasAccess(user)} AND ${ownSql('appAccess', user)})`;

/** Whether this person may use Attendant (PRODUCT.md §1: tenant switch, access, and the gate `appAccess`). */
export const mayUseAttendant = (user: string, tenant: string): Prisma.Sql =>
  Prisma.sql`(${isCompanyOpen(tenant)} AND ${mayOpenAttendant(user)})`;

/** May this person enter the web app? Like `mayUseAttendant`; a closed company’s admins may too, to open it again. */
export const mayEnter = (user: string, tenant: string): Prisma.Sql =>
  Prisma.sql`((${isCompanyOpen(tenant)} OR ${column(user, 'role')} = 'admin') AND ${mayOpenAttendant(user)})`;

/** Why `admin` may no longer act as `person`; NULL: the admin may (PRODUCT.md §6). The values are those of `Lapse`. */
export const whyNotActAs = (admin: string, person: string, tenant: string): Prisma.Sql => Prisma.sql`CASE
  WHEN NOT ${isCompanyOpen(tenant)} THEN 'app-switched-off'
  WHEN NOT ${mayOpenAttendant(admin)} THEN 'admin-lost-access'
  WHEN ${column(admin, 'role')} <> 'admin' THEN 'admin-lost-role'
  WHEN NOT ${hasAccess(person)} THEN 'person-lost-access'
  WHEN ${column(person, 'role')} = 'admin' THEN 'person-became-admin'
END`;

/** Whether `admin` may act as `person` now. */
export const mayActAs = (admin: string, person: string, tenant: string): Prisma.Sql =>
  Prisma.sql`(${whyNotActAs(admin, person, tenant)}) IS NULL`;

/**
 * The id and access of the person whom one of the columns of `keys` identifies: `extension`, `did`, `email` in lower
 * case, `userId`; the others are NULL. Each uses its own index. `findPersonBy` for many keys at once.
 */
export const personKeyed = (tenant: string, keys: string): Prisma.Sql => Prisma.sql`
  SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND extension = ${column(keys, 'extension')}
  UNION ALL SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND did = ${column(keys, 'did')}
  UNION ALL SELECT id, access FROM "User"
    WHERE "tenantId" = ${column(tenant, 'id')} AND lower(email) = ${column(keys, 'email')}
  UNION ALL SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND id = ${column(keys, 'userId')}`;

/** `hasAccess` for Prisma’s query builder. */
const accessWhere = { access: { not: 'none' } } satisfies Prisma.UserWhereInput;
/** `isListed` for Prisma’s query builder. */
export const listedWhere = { inDirectory: true, ...accessWhere } satisfies Prisma.UserWhereInput;
/** `mayUseAttendant` for Prisma’s query builder. */
export const usingAttendantWhere: Prisma.UserWhereInput = {
  ...accessWhere,
  AND: [gateIsOpen('appAccess'), { tenant: { enabled: true } }],
};
/** `mayEnter` for a query of Prisma’s own. */
export const enteringWhere: Prisma.UserWhereInput = {
  OR: [usingAttendantWhere, { ...accessWhere, role: 'admin', appAllowed: true }],
};
