import { Prisma } from '../../../generated/prisma/client.js';
import { sql } from '../../settings/sql.js';

/*
 * How long a personal link opens, as parts of a query. `link` and `tenant` are the names that the query gave to its rows.
 * The company's `linkDays` count from the last renewal, so that a shorter life ends older links at once. A longer one
 * counts from the next renewal: a link that has ended does not open again by itself.
 */

/** How long a link of this company is valid after it was created or renewed. */
export const linkLife = (tenant: string): Prisma.Sql =>
  Prisma.sql`make_interval(hours => 24 * ${sql('linkDays', { tenant })})`;

/** When a link ends by itself. */
export const linkEnd = (link: string, tenant: string): Prisma.Sql =>
  Prisma.sql`LEAST(${column(link, 'expiresAt')}, ${column(link, 'renewedAt')} + ${linkLife(tenant)})`;

/** Does the link still open now, as far as that depends on the link itself? */
export const isLive = (link: string, tenant: string, now: Date): Prisma.Sql =>
  Prisma.sql`(${column(link, 'revokedAt')} IS NULL AND ${linkEnd(link, tenant)} > ${now})`;

const column = (row: string, name: string): Prisma.Sql => Prisma.raw(`${row}."${name}"`);
