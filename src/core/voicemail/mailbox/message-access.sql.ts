import { Prisma } from '../../../generated/prisma/client.js';

/*
 * Access to a message, as parts of a query; no other place decides it. `message` is the query's name for a row of
 * "Voicemail", `user` the id of the user. A membership counts until its end, exclusive.
 */

/** The user's access to the message: `owner` or the member's level (`Reach`); NULL: none. */
export const reachOf = (message: string, user: Prisma.Sql, now: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN ${column(message, 'userId')} = ${user} THEN 'owner'
  ELSE (SELECT mm.level FROM "MailboxMember" mm
    WHERE mm."tenantId" = ${column(message, 'tenantId')} AND mm."ownerId" = ${column(message, 'userId')}
      AND mm."userId" = ${user} AND ${isCurrent(now)})
END`;

/** May this user read and hear the message? */
export const mayRead = (message: string, user: Prisma.Sql, now: Date): Prisma.Sql =>
  Prisma.sql`(${reachOf(message, user, now)}) IS NOT NULL`;

/** Return the condition that the message's mailbox has members now. */
export const isShared = (message: string, now: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM "MailboxMember" mm
  WHERE mm."tenantId" = ${column(message, 'tenantId')} AND mm."ownerId" = ${column(message, 'userId')}
    AND ${isCurrent(now)})`;

/** Is this row of "MailboxMember", named `mm`, a current membership? */
export const isCurrent = (now: Date): Prisma.Sql => Prisma.sql`(mm."endsAt" IS NULL OR mm."endsAt" > ${now})`;

const column = (row: string, name: string): Prisma.Sql => Prisma.raw(`${row}."${name}"`);
