import { Prisma } from '../../../generated/prisma/client.js';

/*
 * Who may read and act on a message, as parts of a query; the only place that says it. `message` is the name that the query
 * gave to a row of "Voicemail", `user` the id of who asks. A member counts until the instant at which they end.
 */

/** How this user reaches the message: `owner` or the member's level (`Reach`); NULL: not at all. */
export const reachOf = (message: string, user: Prisma.Sql, now: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN ${column(message, 'userId')} = ${user} THEN 'owner'
  ELSE (SELECT mm.level FROM "MailboxMember" mm
    WHERE mm."tenantId" = ${column(message, 'tenantId')} AND mm."ownerId" = ${column(message, 'userId')}
      AND mm."userId" = ${user} AND ${isCurrent(now)})
END`;

/** May this user read and hear the message? */
export const mayRead = (message: string, user: Prisma.Sql, now: Date): Prisma.Sql =>
  Prisma.sql`(${reachOf(message, user, now)}) IS NOT NULL`;

/** Has the message's mailbox members now? */
export const isShared = (message: string, now: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM "MailboxMember" mm
  WHERE mm."tenantId" = ${column(message, 'tenantId')} AND mm."ownerId" = ${column(message, 'userId')}
    AND ${isCurrent(now)})`;

/** The members of mailboxes whose time is not over: rows of "MailboxMember" under the name `mm`. */
export const isCurrent = (now: Date): Prisma.Sql => Prisma.sql`(mm."endsAt" IS NULL OR mm."endsAt" > ${now})`;

const column = (row: string, name: string): Prisma.Sql => Prisma.raw(`${row}."${name}"`);
