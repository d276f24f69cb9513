import { Prisma } from '../../generated/prisma/client.js';

/** A part of a query: is this user (an id, of the company `tenant`) out of office at this instant? */
export const isOut = (tenant: Prisma.Sql, user: Prisma.Sql, at: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM "OutOfOfficePeriod" away
  WHERE away."tenantId" = ${tenant} AND away."userId" = ${user} AND away.status = 'planned'
    AND away."startsAt" <= ${at} AND (away."endsAt" IS NULL OR away."endsAt" > ${at}))`;
