import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { displayName } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';

/** So long before it is deleted, the owner is told of an unheard message (PRODUCT.md §5, Retention). */
const announcedDays = 3;
/** An owner gets one announcement a day at most: each covers what falls due until the next. */
const bundledDays = 1;

const dayMilliseconds = 24 * 3_600_000;
const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMilliseconds);

/*
 * A message is kept for `retentionDays` from `receivedAt`; a forwarded copy has the original's, so that forwarding does
 * not keep a caller's words for longer. An unheard one is kept until its announcement is `announcedDays` old, also where
 * the company has shortened the retention since. One that came without a notice goes without one.
 */
const keptFor = Prisma.sql`make_interval(hours => 24 * ${sql('retentionDays', { tenant: 't' })})`;

/** Compared so, the index of what is kept finds them. */
const isKeptUntil = (until: Date): Prisma.Sql => Prisma.sql`v."receivedAt" <= ${until}::timestamptz - ${keptFor}`;

const isExpired = (now: Date): Prisma.Sql => Prisma.sql`
  v."deletedAt" IS NULL AND ${isKeptUntil(now)}
  AND (v."heardAt" IS NOT NULL OR v."mutedWhy" IS NOT NULL OR v."announcedAt" <= ${daysBefore(now, announcedDays)})`;

/** A company that is switched off cannot be told anything, so its unheard messages stay. */
const isToAnnounce = (now: Date): Prisma.Sql => Prisma.sql`
  v."deletedAt" IS NULL AND v."heardAt" IS NULL AND v."announcedAt" IS NULL AND v."mutedWhy" IS NULL AND t.enabled
  AND ${isKeptUntil(daysBefore(now, -announcedDays - bundledDays))}`;

/** Return the companies with a message that is too old, or that is to be announced. */
export async function findCompaniesToClear(db: Db, now: Date): Promise<readonly TenantId[]> {
  const rows = await db.$queryRaw<{ id: TenantId }[]>`
    SELECT t.id FROM "Tenant" t
    WHERE EXISTS (SELECT 1 FROM "Voicemail" v WHERE v."tenantId" = t.id AND ${isExpired(now)})
      OR EXISTS (SELECT 1 FROM "Voicemail" v WHERE v."tenantId" = t.id AND ${isToAnnounce(now)})
    ORDER BY t.id`;
  return rows.map(({ id }) => id);
}

/** Mark the oldest messages that are too old as deleted, up to `most`, and return their ids. They can be purged at once. */
export async function expireOldest({ db, tenantId, now }: Change, most: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Voicemail" SET "deletedAt" = ${now}, "purgeAt" = ${now}, "expiredAt" = ${now}, "remindAt" = NULL
    -- A locked one is being changed by somebody; the next run finds it.
    WHERE id IN (
      SELECT v.id FROM "Voicemail" v JOIN "Tenant" t ON t.id = v."tenantId"
      WHERE v."tenantId" = ${tenantId}::uuid AND ${isExpired(now)}
      ORDER BY v."receivedAt" LIMIT ${most}
      FOR NO KEY UPDATE OF v SKIP LOCKED)
    RETURNING id`;
  return rows.map(({ id }) => id);
}

/** Return the next mailboxes after `after`, by id, with messages to announce and no announcement within a day. */
export async function findBoxesToAnnounce(
  db: Db,
  { tenantId, after, now, most }: { tenantId: TenantId; after: string; now: Date; most: number },
): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ userId: UserId }[]>`
    SELECT DISTINCT v."userId" FROM "Voicemail" v JOIN "Tenant" t ON t.id = v."tenantId"
    WHERE v."tenantId" = ${tenantId}::uuid AND v."userId" > ${after}::uuid AND ${isToAnnounce(now)}
      AND NOT EXISTS (SELECT 1 FROM "Voicemail" told WHERE told."tenantId" = v."tenantId" AND told."userId" = v."userId"
        AND told."deletedAt" IS NULL AND told."announcedAt" > ${daysBefore(now, bundledDays)})
    ORDER BY v."userId" LIMIT ${most}`;
  return rows.map(({ userId }) => userId);
}

/** Note on a mailbox's messages that they are announced; undefined: another run did it. */
export async function setAnnounced(
  { db, tenantId, now }: Change,
  userId: UserId,
): Promise<{ readonly announcementId: string; readonly count: number } | undefined> {
  const announcementId = randomUUID();
  const count = await db.$executeRaw`
    UPDATE "Voicemail" v SET "announcedAt" = ${now}, "announcementId" = ${announcementId}::uuid
    FROM "Tenant" t
    WHERE t.id = v."tenantId" AND v."tenantId" = ${tenantId}::uuid AND v."userId" = ${userId}::uuid
      AND ${isToAnnounce(now)}`;
  return count === 0 ? undefined : { announcementId, count };
}

/** The messages of an announcement that are still there and unheard. */
export interface Announced {
  readonly ownerId: UserId;
  /** The name of the mailbox. */
  readonly mailbox: string;
  readonly count: number;
  /** When the first of them is deleted. */
  readonly firstAt: Date;
}

/** Return what is left of an announcement; undefined: nothing. */
export async function findAnnounced(db: Db, announcementId: string): Promise<Announced | undefined> {
  const [row] = await db.$queryRaw<Announced[]>`
    SELECT u.id AS "ownerId", ${displayName('u')} AS mailbox, count(*)::int AS count,
      min(GREATEST(v."receivedAt" + ${keptFor}, v."announcedAt" + make_interval(hours => 24 * ${announcedDays}::int))) AS "firstAt"
    FROM "Voicemail" v JOIN "Tenant" t ON t.id = v."tenantId" JOIN "User" u ON u.id = v."userId"
    WHERE v."announcementId" = ${announcementId}::uuid AND v."deletedAt" IS NULL AND v."heardAt" IS NULL
    GROUP BY u.id`;
  return row;
}
