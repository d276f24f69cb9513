import { Prisma } from '../../generated/prisma/client.js';
import type { ListFilter } from './list-filter.js';

/* A list's filter as parts of a query. */

/** Rows of this person, as a part of a query; all where the filter names nobody. */
export const isOf = (column: Prisma.Sql, { person }: ListFilter): Prisma.Sql =>
  person === undefined ? Prisma.empty : Prisma.sql`AND ${column} = ${person}::uuid`;

/** Rows of these days, as a part of a query. */
export const isWithin = (column: Prisma.Sql, { from, until }: ListFilter): Prisma.Sql =>
  Prisma.sql`${from ? Prisma.sql`AND ${column} >= ${from}::timestamptz` : Prisma.empty}
    ${until ? Prisma.sql`AND ${column} < ${until}::timestamptz` : Prisma.empty}`;

/** The same for what lasts, open-ended where `ends` is NULL: rows of which a part is within. */
export const overlaps = (begins: Prisma.Sql, ends: Prisma.Sql, { from, until }: ListFilter): Prisma.Sql =>
  Prisma.sql`${from ? Prisma.sql`AND (${ends} IS NULL OR ${ends} > ${from}::timestamptz)` : Prisma.empty}
    ${until ? Prisma.sql`AND ${begins} < ${until}::timestamptz` : Prisma.empty}`;

/** Rows with a day instead of an instant. */
export const isOnDays = (column: Prisma.Sql, { firstDay, lastDay }: ListFilter): Prisma.Sql =>
  Prisma.sql`${firstDay ? Prisma.sql`AND ${column} >= ${firstDay}::date` : Prisma.empty}
    ${lastDay ? Prisma.sql`AND ${column} <= ${lastDay}::date` : Prisma.empty}`;
