import { Prisma } from '../../generated/prisma/client.js';
import { companySql } from '../settings/sql.js';

/** The names that a query gave to the company's row, to the caller's number, and to the id of the person asked for. */
interface Asked {
  readonly tenant: string;
  readonly number: string;
  /** Undefined: the call is for nobody yet. */
  readonly person?: string;
}

/**
 * The condition that a caller is blocked: by the company, or by the person asked for; a caller without a number, by the
 * company's setting. The only place that says so.
 */
export function isCallerBlocked({ tenant, number, person }: Asked): Prisma.Sql {
  const caller = Prisma.raw(number);
  const own = person === undefined ? Prisma.empty : Prisma.sql`OR b."userId" = ${Prisma.raw(person)}`;
  return Prisma.sql`CASE WHEN ${caller} = '' THEN ${companySql('blockWithheldNumbers', tenant)} ELSE EXISTS (
    SELECT 1 FROM "BlockedCaller" b
    WHERE b."tenantId" = ${Prisma.raw(tenant)}.id AND b.number = ${caller} AND (b."userId" IS NULL ${own})) END`;
}
