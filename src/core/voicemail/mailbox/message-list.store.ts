import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import type { Reach } from './mailbox-member.js';
import { isShared, reachOf } from './message-access.sql.js';
import { findMailboxes } from './message-access.store.js';
import type { Message, MessagesPage, MessagesQuery, MessagesSort } from './message-list.types.js';

interface Row {
  id: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  urgent: boolean;
  mutedWhy: Message['mutedWhy'] | null;
  transcript: string | null;
  heardAt: Date | null;
  handledAt: Date | null;
  forwardedBy: string | null;
  deletedAt: Date | null;
  purgeAt: Date | null;
  mailbox: string | null;
  reach: Reach;
  isShared: boolean;
  claimedBy: string | null;
  isMine: boolean;
}

/** Return one page of the messages in this user's mailboxes, and the number of messages. */
export async function findMessages(
  db: Db,
  userId: UserId,
  query: MessagesQuery,
  { offset, limit, now }: { offset: number; limit: number; now: Date },
): Promise<Pick<MessagesPage, 'messages' | 'total' | 'unheard'>> {
  const mailboxes = inMailboxes(userId, await findMailboxes(db, userId, now));
  const wanted = filterOf(mailboxes, query);
  const reader = Prisma.sql`${userId}::uuid`;
  const [rows, [counts]] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT v.id, v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.urgent, v."mutedWhy", v.transcript, v."heardAt",
        v."handledAt", v."deletedAt", v."purgeAt", ${displayName('f')} AS "forwardedBy",
        CASE WHEN v."userId" <> ${reader} THEN ${displayName('owner')} END AS mailbox, ${reachOf('v', reader, now)} AS reach,
        ${isShared('v', now)} AS "isShared", ${displayName('claimer')} AS "claimedBy",
        v."claimedById" IS NOT DISTINCT FROM ${reader} AS "isMine"
      FROM "Voicemail" v LEFT JOIN "User" f ON f.id = v."forwardedById"
      JOIN "User" owner ON owner.id = v."userId" LEFT JOIN "User" claimer ON claimer.id = v."claimedById"
      WHERE ${wanted}
      ORDER BY ${orderOf(query)}
      LIMIT ${limit} OFFSET ${offset}`,
    db.$queryRaw<{ total: number; unheard: number }[]>`
      SELECT count(*) FILTER (WHERE ${wanted})::int AS total,
        count(*) FILTER (WHERE v."heardAt" IS NULL AND v."deletedAt" IS NULL)::int AS unheard
      FROM "Voicemail" v WHERE ${mailboxes}`,
  ]);
  return { messages: rows.map(messageOf), total: counts?.total ?? 0, unheard: counts?.unheard ?? 0 };
}

// The tenant is taken from the user's row, so that the index (tenantId, userId, receivedAt) is used.
const inMailboxes = (userId: UserId, owners: readonly UserId[]): Prisma.Sql =>
  Prisma.sql`v."tenantId" = (SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid) AND ${
    // Most people have one mailbox. PostgreSQL reads the index in order only for a comparison with one value.
    owners.length === 1 ? Prisma.sql`v."userId" = ${userId}::uuid` : Prisma.sql`v."userId" = ANY(${owners}::uuid[])`
  }`;

function filterOf(mailboxes: Prisma.Sql, query: MessagesQuery): Prisma.Sql {
  const parts = [
    mailboxes,
    query.deleted ? Prisma.sql`v."deletedAt" IS NOT NULL AND v."purgedAt" IS NULL` : Prisma.sql`v."deletedAt" IS NULL`,
  ];
  if (query.heard !== undefined) parts.push(isSet('heardAt', query.heard));
  if (query.handled !== undefined) parts.push(isSet('handledAt', query.handled));
  if (query.forwarded !== undefined) parts.push(isSet('forwardedById', query.forwarded));
  if (query.caller)
    parts.push(Prisma.sql`(${contains('callerName', query.caller)} OR ${contains('ani', query.caller)})`);
  if (query.search)
    parts.push(
      Prisma.sql`(${contains('transcript', query.search)} OR ${contains('callerName', query.search)}
        OR ${contains('ani', query.search)})`,
    );
  return Prisma.join(parts, ' AND ');
}

const column = (name: string): Prisma.Sql => Prisma.raw(`v."${name}"`);

const isSet = (name: 'heardAt' | 'handledAt' | 'forwardedById', set: boolean): Prisma.Sql =>
  set ? Prisma.sql`${column(name)} IS NOT NULL` : Prisma.sql`${column(name)} IS NULL`;

const contains = (name: 'transcript' | 'callerName' | 'ani', part: string): Prisma.Sql =>
  Prisma.sql`${column(name)} ILIKE ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`;

const columns: Readonly<Record<MessagesSort, string>> = {
  received: 'v."receivedAt"',
  caller: `lower(COALESCE(NULLIF(v."callerName", ''), v.ani))`,
  length: 'v."durationSeconds"',
  heard: 'v."heardAt"',
  handled: 'v."handledAt"',
  forwarded: 'f."lastName"',
};

function orderOf({ sort = 'received', direction = 'descending' }: MessagesQuery): Prisma.Sql {
  const way = direction === 'ascending' ? 'ASC NULLS FIRST' : 'DESC NULLS LAST';
  // The index has the default direction; the id breaks ties, so that pages do not overlap.
  if (sort === 'received')
    return Prisma.raw(direction === 'ascending' ? 'v."receivedAt", v.id' : 'v."receivedAt" DESC, v.id DESC');
  return Prisma.raw(`${columns[sort]} ${way}, v."receivedAt" DESC, v.id DESC`);
}

const messageOf = (row: Row): Message => ({
  id: asId<VoicemailId>(row.id),
  callerName: row.callerName,
  ani: row.ani,
  receivedAt: row.receivedAt,
  durationSeconds: row.durationSeconds,
  urgent: row.urgent,
  mutedWhy: row.mutedWhy ?? undefined,
  transcript: row.transcript ?? undefined,
  heardAt: row.heardAt ?? undefined,
  handledAt: row.handledAt ?? undefined,
  forwardedBy: row.forwardedBy ?? undefined,
  deletedAt: row.deletedAt ?? undefined,
  purgeAt: row.purgeAt ?? undefined,
  mailbox: row.mailbox ?? undefined,
  shared:
    row.isShared || row.mailbox !== null || row.claimedBy !== null
      ? {
          reach: row.reach,
          claim: row.claimedBy === null ? 'nobody' : row.isMine ? 'mine' : 'somebody',
          claimedBy: row.claimedBy ?? undefined,
        }
      : undefined,
});

/** Return the number of unheard messages in this user's mailboxes. */
export async function countUnheard(db: Db, userId: UserId, now: Date): Promise<number> {
  const mailboxes = inMailboxes(userId, await findMailboxes(db, userId, now));
  const [row] = await db.$queryRaw<{ unheard: number }[]>`
    SELECT count(*)::int AS unheard FROM "Voicemail" v
    WHERE ${mailboxes} AND v."heardAt" IS NULL AND v."deletedAt" IS NULL`;
  return row?.unheard ?? 0;
}
