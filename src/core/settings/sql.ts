import { Prisma } from '../../generated/prisma/client.js';
import { type KeyOf, type SettingKey, settingNamed } from './settings.js';

/*
 * The values of settings as parts of a query, one for each setting: whoever joins "User" and "Tenant" asks here which value
 * counts. `user` and `tenant` are the names that the query gave to their rows.
 */

interface Rows {
  readonly user: string;
  readonly tenant: string;
}

/** The value that counts for the person; of a setting of kind `tenant` the company's. */
export function sql(key: KeyOf<'tenant'>, rows: Pick<Rows, 'tenant'>): Prisma.Sql;
export function sql(key: KeyOf<'override' | 'gate'>, rows: Rows): Prisma.Sql;
export function sql(key: SettingKey, { user = '', tenant }: Partial<Rows> & Pick<Rows, 'tenant'>): Prisma.Sql {
  const { kind } = settingNamed(key);
  const companys = companySql(key, tenant);
  switch (kind) {
    case 'tenant':
      return companys;
    case 'override':
      return Prisma.sql`COALESCE(${column(key, user)}, ${companys})`;
    case 'gate':
      return Prisma.sql`(${companys} AND ${column(key, user)})`;
    default:
      return kind satisfies never;
  }
}

/** The company's own value. */
export const companySql = (key: SettingKey, tenant: string): Prisma.Sql => column(key, tenant);

/** The person's own value: of an override NULL where they chose none, of a gate their own side. */
export const ownSql = (key: KeyOf<'override' | 'gate'>, user: string): Prisma.Sql => column(key, user);

/** Who closes a gate: `company`, `own`; NULL: it is open. */
export const closedBySql = (key: KeyOf<'gate'>, { user, tenant }: Rows): Prisma.Sql =>
  Prisma.sql`CASE WHEN NOT ${companySql(key, tenant)} THEN 'company' WHEN NOT ${ownSql(key, user)} THEN 'own' END`;

/** The same for a query of Prisma's own: users for whom this gate is open. */
export function gateIsOpen(key: KeyOf<'gate'>): Prisma.UserWhereInput {
  const { column } = settingNamed(key);
  return { [column]: true, tenant: { [column]: true } };
}

/** The names come from the code: keys from their declarations, rows from the query. */
const column = (key: SettingKey, row: string): Prisma.Sql => Prisma.raw(`${row}."${settingNamed(key).column}"`);
