import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import type { Message, MessagesPage, MessagesQuery, MessagesSort } from './message-list.types.js';

interface Row {
  id: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  transcript: string | null;
  heardAt: Date | null;
  handledAt: Date | null;
  forwardedBy: string | null;
  deletedAt: Date | null;
  purgeAt: Date | null;
}

/** Return one page of a mailbox, and the number of messages. */
export async function findMessages(
  db: Db,
  userId: UserId,
  query: MessagesQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<Pick<MessagesPage, 'messages' | 'total' | 'unheard'>> {
  const wanted = filterOf(userId, query);
  const [rows, [counts]] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT v.id, v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.transcript, v."heardAt",
        v."handledAt", v."deletedAt", v."purgeAt", ${displayName('f')} AS "forwardedBy"
      FROM "Voicemail" v LEFT JOIN "User" f ON f.id = v."forwardedById"
      WHERE ${wanted}
      ORDER BY ${orderOf(query)}
      LIMIT ${limit} OFFSET ${offset}`,
    db.$queryRaw<{ total: number; unheard: number }[]>`
      SELECT count(*) FILTER (WHERE ${wanted})::int AS total,
        count(*) FILTER (WHERE v."heardAt" IS NULL AND v."deletedAt" IS NULL)::int AS unheard
      FROM "Voicemail" v WHERE ${inMailbox(userId)}`,
  ]);
  return { messages: rows.map(messageOf), total: counts?.total ?? 0, unheard: counts?.unheard ?? 0 };
}

// The tenant is taken from the user's row, so that the index (tenantId, userId, receivedAt) is used.
const inMailbox = (userId: UserId): Prisma.Sql =>
  Prisma.sql`v."tenantId" = (SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid) AND v."userId" = ${userId}::uuid`;

function filterOf(userId: UserId, query: MessagesQuery): Prisma.Sql {
  const parts = [
    inMailbox(userId),
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
  transcript: row.transcript ?? undefined,
  heardAt: row.heardAt ?? undefined,
  handledAt: row.handledAt ?? undefined,
  forwardedBy: row.forwardedBy ?? undefined,
  deletedAt: row.deletedAt ?? undefined,
  purgeAt: row.purgeAt ?? undefined,
});

/** Return the number of unheard messages in this user's mailbox. */
export async function countUnheard(db: Db, userId: UserId): Promise<number> {
  const [row] = await db.$queryRaw<{ unheard: number }[]>`
    SELECT count(*)::int AS unheard FROM "Voicemail" v
    WHERE ${inMailbox(userId)} AND v."heardAt" IS NULL AND v."deletedAt" IS NULL`;
  return row?.unheard ?? 0;
}
