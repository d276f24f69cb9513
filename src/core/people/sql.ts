import { Prisma } from '../../generated/prisma/client.js';
import type { TenantId } from '../ids.js';
import { companySql, gateIsOpen, ownSql, sql } from '../settings/sql.js';

/*
 * Who may do what, as parts of a query: each is read where it is used, so that access which was taken counts at once.
 * The names are those that the query gave to the rows of "User" and "Tenant".
 */

const column = (row: string, name: string): Prisma.Sql => Prisma.raw(`${row}."${name}"`);

/** Is Attendant open to everybody of this company who has access? The tenant switch, and the gate `appAccess`. */
const isCompanyOpen = (tenant: string): Prisma.Sql =>
  Prisma.sql`(${sql('enabled', { tenant })} AND ${companySql('appAccess', tenant)})`;

/** How people are called everywhere (`displayNameOf`). */
export const displayName = (user: string): Prisma.Sql =>
  Prisma.sql`trim(${column(user, 'firstName')} || ' ' || ${column(user, 'lastName')})`;

/** Has this person access of any kind (`hasAccess`)? */
export const hasAccess = (user: string): Prisma.Sql => Prisma.sql`${column(user, 'access')} <> 'none'`;

/** Does this person stand in the directory: not hidden, and with access (`isListed`)? As the index of migration 0007 has it. */
const isListed = (user: string): Prisma.Sql => Prisma.sql`${column(user, 'inDirectory')} AND ${hasAccess(user)}`;

/** The rows of "User" that stand in the directory of this company. */
export const listedIn = (tenantId: TenantId): Prisma.Sql =>
  Prisma.sql`"User"."tenantId" = ${tenantId}::uuid AND ${isListed('"User"')}`;

/** Has this person access, and is their own side of the gate `appAccess` open (`mayOpenAttendant`)? */
export const mayOpenAttendant = (user: string): Prisma.Sql =>
  Prisma.sql`(${hasAccess(user)} AND ${ownSql('appAccess', user)})`;

/** May this person use Attendant (PRODUCT.md §1: tenant switch, access, and the gate `appAccess`)? */
export const mayUseAttendant = (user: string, tenant: string): Prisma.Sql =>
  Prisma.sql`(${isCompanyOpen(tenant)} AND ${mayOpenAttendant(user)})`;

/** May this person enter the web app? Like `mayUseAttendant`; a closed company’s admins may too, to open it again. */
export const mayEnter = (user: string, tenant: string): Prisma.Sql =>
  Prisma.sql`((${isCompanyOpen(tenant)} OR ${column(user, 'role')} = 'admin') AND ${mayOpenAttendant(user)})`;

/**
 * Why `admin` may not act as `person` (any more); NULL: they may (PRODUCT.md §6). The values are those of `Lapse`.
 */
export const whyNotActAs = (admin: string, person: string, tenant: string): Prisma.Sql => Prisma.sql`CASE
  WHEN NOT ${isCompanyOpen(tenant)} THEN 'app-switched-off'
  WHEN NOT ${mayOpenAttendant(admin)} THEN 'admin-lost-access'
  WHEN ${column(admin, 'role')} <> 'admin' THEN 'admin-lost-role'
  WHEN NOT ${hasAccess(person)} THEN 'person-lost-access'
  WHEN ${column(person, 'role')} = 'admin' THEN 'person-became-admin'
END`;

/** May `admin` act as `person` now? */
export const mayActAs = (admin: string, person: string, tenant: string): Prisma.Sql =>
  Prisma.sql`(${whyNotActAs(admin, person, tenant)}) IS NULL`;

/**
 * The id and access of the person whom one of the columns of `keys` names exactly: `extension`, `did`, `email` in lower
 * case, `userId`; the others are NULL. Each by an index of its own. `findPersonBy` for many at once.
 */
export const personKeyed = (tenant: string, keys: string): Prisma.Sql => Prisma.sql`
  SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND extension = ${column(keys, 'extension')}
  UNION ALL SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND did = ${column(keys, 'did')}
  UNION ALL SELECT id, access FROM "User"
    WHERE "tenantId" = ${column(tenant, 'id')} AND lower(email) = ${column(keys, 'email')}
  UNION ALL SELECT id, access FROM "User" WHERE "tenantId" = ${column(tenant, 'id')} AND id = ${column(keys, 'userId')}`;

/** `hasAccess`, `isListed` and `mayUseAttendant` for a query of Prisma’s own. */
export const withAccess = { access: { not: 'none' } } satisfies Prisma.UserWhereInput;
export const listed = { inDirectory: true, ...withAccess } satisfies Prisma.UserWhereInput;
export const usingAttendant: Prisma.UserWhereInput = {
  ...withAccess,
  AND: [gateIsOpen('appAccess'), { tenant: { enabled: true } }],
};
/** `mayEnter` for a query of Prisma’s own. */
export const entering: Prisma.UserWhereInput = {
  OR: [usingAttendant, { ...withAccess, role: 'admin', appAllowed: true }],
};
