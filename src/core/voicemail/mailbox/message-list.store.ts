import { Prisma } from '../../../generated/prisma/client.js';
import type { Db } from '../../deps.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import type { Reach } from './mailbox-member.js';
import { isShared, reachOf } from './message-access.sql.js';
import type { Message, MessagesFilter, MessagesQuery, MessagesSort } from './message-list.types.js';

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

/** The reader of a list, and the owners of the mailboxes to which they have access now. */
export interface ListContext {
  readonly userId: UserId;
  readonly mailboxes: readonly UserId[];
  readonly now: Date;
}

/** Return a page of messages, and whether there are more beyond it. */
export async function findMessages(
  db: Db,
  { userId, mailboxes, now }: ListContext,
  query: MessagesQuery,
  size: number,
): Promise<{ readonly messages: readonly Message[]; readonly more: boolean }> {
  const backwards = query.before !== undefined && query.after === undefined;
  const order = orderOf(query, backwards);
  const reader = Prisma.sql`${userId}::uuid`;
  const rows = await db.$queryRaw<Row[]>`
    WITH ${foundBySearch(mailboxes, query)} page AS (
      -- Each mailbox by its own index, in order, no further than a page.
      SELECT v.* FROM unnest(${mailboxes}::uuid[]) AS box (id) CROSS JOIN LATERAL (
        SELECT v.* FROM ${source(query)} v
        WHERE v."tenantId" = ${tenantOf(userId)} AND v."userId" = box.id AND ${fits(query)}
          AND ${beyondAnchor(userId, mailboxes, query, order)}
        ORDER BY ${order.by} LIMIT ${size + 1}
      ) v
      ORDER BY ${order.by} LIMIT ${size + 1}
    )
    SELECT v.id, v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.urgent, v."mutedWhy", v.transcript,
      v."heardAt",
      v."handledAt", v."deletedAt", v."purgeAt", ${displayName('f')} AS "forwardedBy",
      CASE WHEN v."userId" <> ${reader} THEN ${displayName('owner')} END AS mailbox, ${reachOf('v', reader, now)} AS reach,
      ${isShared('v', now)} AS "isShared", ${displayName('claimer')} AS "claimedBy",
      v."claimedById" IS NOT DISTINCT FROM ${reader} AS "isMine"
    FROM page v LEFT JOIN "User" f ON f.id = v."forwardedById"
    JOIN "User" owner ON owner.id = v."userId" LEFT JOIN "User" claimer ON claimer.id = v."claimedById"
    ORDER BY ${order.by}`;
  const messages = rows.slice(0, size).map(messageOf);
  return { messages: backwards ? messages.reverse() : messages, more: rows.length > size };
}

/** Return the number of messages that match. */
export async function countMessages(
  db: Db,
  { userId, mailboxes }: ListContext,
  filter: MessagesFilter,
): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    WITH ${foundBySearch(mailboxes, filter)} counted AS (
      SELECT count(*)::int AS total FROM ${source(filter)} v
      WHERE ${inMailboxes(userId, mailboxes)} AND ${fits(filter)}
    )
    SELECT total FROM counted`;
  return row?.total ?? 0;
}

/** Return the number of unheard messages in these mailboxes. */
export async function countUnheard(
  db: Db,
  { userId, mailboxes }: Pick<ListContext, 'userId' | 'mailboxes'>,
): Promise<number> {
  const [row] = await db.$queryRaw<{ unheard: number }[]>`
    SELECT count(*)::int AS unheard FROM "Voicemail" v
    WHERE ${inMailboxes(userId, mailboxes)} AND v."heardAt" IS NULL AND v."deletedAt" IS NULL`;
  return row?.unheard ?? 0;
}

// The tenant is taken from the user's row, so that the indexes that begin with it are used.
const tenantOf = (userId: UserId): Prisma.Sql => Prisma.sql`(SELECT "tenantId" FROM "User" WHERE id = ${userId}::uuid)`;

const inMailboxes = (userId: UserId, owners: readonly UserId[]): Prisma.Sql =>
  Prisma.sql`v."tenantId" = ${tenantOf(userId)} AND v."userId" = ANY(${owners}::uuid[])`;

/**
 * The common table expression `found`, with a comma: the messages of these mailboxes with all words of the search, by
 * the index of migration 0050. Materialized, because to compute the words of each row instead would take seconds.
 */
function foundBySearch(mailboxes: readonly UserId[], { search }: MessagesFilter): Prisma.Sql {
  if (search === undefined) return Prisma.empty;
  const anyMailbox = mailboxes.map((id) => `'@${id}'`).join(' | ');
  return Prisma.sql`found AS MATERIALIZED (
    SELECT v.* FROM "Voicemail" v
    WHERE v."purgedAt" IS NULL AND message_words(v."userId", v."callerName", v.ani, v.transcript) @@ (
      ${anyMailbox}::tsquery && (
        SELECT string_agg(quote_literal(word) || ':*', ' & ')::tsquery
        FROM regexp_split_to_table(message_text(${search.toLowerCase()}), ' ') AS word WHERE word <> ''))
  ),`;
}

const source = ({ search }: MessagesFilter): Prisma.Sql =>
  search === undefined ? Prisma.sql`"Voicemail"` : Prisma.sql`found`;

function fits(filter: MessagesFilter): Prisma.Sql {
  const { heard, handled, forwarded, caller, since, until, minSeconds, maxSeconds } = filter;
  return Prisma.join(
    [
      filter.deleted
        ? Prisma.sql`v."deletedAt" IS NOT NULL AND v."purgedAt" IS NULL`
        : Prisma.sql`v."deletedAt" IS NULL`,
      ...(heard === undefined ? [] : [isSet('heardAt', heard)]),
      ...(handled === undefined ? [] : [isSet('handledAt', handled)]),
      ...(forwarded === undefined ? [] : [isSet('forwardedById', forwarded)]),
      ...(caller === undefined ? [] : [Prisma.sql`(${contains('callerName', caller)} OR ${contains('ani', caller)})`]),
      ...(since === undefined ? [] : [Prisma.sql`v."receivedAt" >= ${since}`]),
      ...(until === undefined ? [] : [Prisma.sql`v."receivedAt" < ${until}`]),
      ...(minSeconds === undefined ? [] : [Prisma.sql`v."durationSeconds" >= ${minSeconds}`]),
      ...(maxSeconds === undefined ? [] : [Prisma.sql`v."durationSeconds" < ${maxSeconds}`]),
    ],
    ' AND ',
  );
}

const isSet = (name: 'heardAt' | 'handledAt' | 'forwardedById', set: boolean): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(`v."${name}"`)} IS ${Prisma.raw(set ? 'NOT NULL' : 'NULL')}`;

const contains = (name: 'callerName' | 'ani', part: string): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(`v."${name}"`)} ILIKE ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`;

interface Order {
  readonly sort: MessagesSort;
  readonly ascending: boolean;
  /** Messages with the same value: the newest first, unless the page is read backwards. */
  readonly oldestFirst: boolean;
  readonly by: Prisma.Sql;
}

/** Never NULL, so that rows can be compared; a message that is not heard, say, comes before all that are. */
const sortKeys: Readonly<Record<MessagesSort, string>> = {
  received: 'v."receivedAt"',
  caller: `lower(COALESCE(NULLIF(v."callerName", ''), v.ani))`,
  length: 'v."durationSeconds"',
  heard: `COALESCE(v."heardAt", '-infinity')`,
  handled: `COALESCE(v."handledAt", '-infinity')`,
  forwarded: `CASE WHEN v."forwardedById" IS NULL THEN ''
    ELSE (SELECT lower(f."lastName" || ' ' || f."firstName") FROM "User" f WHERE f.id = v."forwardedById") END`,
};

function orderOf({ sort = 'received', direction = 'descending' }: MessagesQuery, backwards: boolean): Order {
  const ascending = (direction === 'ascending') !== backwards;
  const oldestFirst = sort === 'received' ? ascending : backwards;
  const newest = oldestFirst ? 'v."receivedAt", v.id' : 'v."receivedAt" DESC, v.id DESC';
  const by = sort === 'received' ? newest : `${sortKeys[sort]} ${ascending ? 'ASC' : 'DESC'}, ${newest}`;
  return { sort, ascending, oldestFirst, by: Prisma.raw(by) };
}

/** The condition that a message lies beyond the one at which the page begins; false for one of somebody else. */
function beyondAnchor(
  userId: UserId,
  mailboxes: readonly UserId[],
  { after, before }: MessagesQuery,
  { sort, ascending, oldestFirst }: Order,
): Prisma.Sql {
  const anchor = after ?? before;
  if (anchor === undefined) return Prisma.sql`true`;
  const of = (value: string): Prisma.Sql =>
    Prisma.sql`(SELECT ${Prisma.raw(value)} FROM "Voicemail" v
      WHERE v.id = ${anchor}::uuid AND ${inMailboxes(userId, mailboxes)})`;
  const older = Prisma.sql`(v."receivedAt", v.id) ${Prisma.raw(oldestFirst ? '>' : '<')} (
    ${of('v."receivedAt"')}, ${anchor}::uuid)`;
  if (sort === 'received') return older;
  const key = Prisma.raw(sortKeys[sort]);
  const keyOfAnchor = of(sortKeys[sort]);
  return Prisma.sql`(${key} ${Prisma.raw(ascending ? '>' : '<')} ${keyOfAnchor} OR (${key} = ${keyOfAnchor} AND ${older}))`;
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
