import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayName } from '../people/sql.js';
import { companySql } from '../settings/sql.js';
import type { ListFilter } from './list-filter.js';
import { isOf, isOnDays } from './list-filter.sql.js';

/*
 * What recordings take (PRODUCT.md §5, Storage): a mailbox has its messages and its greetings, and a recording counts for
 * everybody who has a copy; of the company it counts once.
 */

/** The bytes of each mailbox of a company, by user id. */
const boxes = (tenantId: TenantId): Prisma.Sql => Prisma.sql`
  SELECT kept."userId", count(*) FILTER (WHERE kept.heard IS NOT NULL)::int AS voicemails,
    count(*) FILTER (WHERE NOT kept.heard)::int AS unheard,
    count(r.id)::int AS recordings, COALESCE(sum(r.bytes), 0)::bigint AS bytes
  FROM (
    -- A deleted message takes its place until it is purged, and waits for nobody.
    SELECT v."userId", v."recordingId", v."heardAt" IS NOT NULL OR v."deletedAt" IS NOT NULL AS heard FROM "Voicemail" v
    WHERE v."tenantId" = ${tenantId}::uuid AND v."purgedAt" IS NULL
    UNION ALL
    SELECT g."userId", g."recordingId", NULL FROM "Greeting" g WHERE g."tenantId" = ${tenantId}::uuid
  ) kept
  LEFT JOIN "Recording" r ON r.id = kept."recordingId" AND r."tenantId" = ${tenantId}::uuid
  GROUP BY kept."userId"`;

export interface BoxStorage {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly voicemails: number;
  readonly unheard: number;
  readonly bytes: bigint;
}

/** A place among mailboxes, the fullest first. */
export type BoxKey = Pick<BoxStorage, 'bytes' | 'username'>;

/** What every mailbox holds, the fullest first. */
export const findBoxesAfter = (
  db: Db,
  tenantId: TenantId,
  place: BoxKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<BoxStorage[]> =>
  db.$queryRaw<BoxStorage[]>`
    SELECT * FROM (
      SELECT u.id AS "userId", u.username, ${displayName('u')} AS name, COALESCE(box.voicemails, 0) AS voicemails,
        COALESCE(box.unheard, 0) AS unheard, COALESCE(box.bytes, 0)::bigint AS bytes
      FROM "User" u LEFT JOIN (${boxes(tenantId)}) box ON box."userId" = u.id
      WHERE u."tenantId" = ${tenantId}::uuid ${isOf(Prisma.sql`u.id`, filter)}
    ) listed
    WHERE ${place ? Prisma.sql`(-bytes, username) > (${-place.bytes}::bigint, ${place.username})` : Prisma.sql`true`}
    ORDER BY -bytes, username LIMIT ${most}`;

/** Companies whose storage of this day is not counted yet, with the day in their zone. */
export const findUncounted = (db: Db, now: Date): Promise<{ tenantId: TenantId; day: Date }[]> =>
  db.$queryRaw<{ tenantId: TenantId; day: Date }[]>`
    SELECT today.id AS "tenantId", today.day FROM (
      SELECT t.id, (${now}::timestamptz AT TIME ZONE ${companySql('timeZone', 't')})::date AS day FROM "Tenant" t
    ) today
    WHERE NOT EXISTS (SELECT 1 FROM "StorageDay" s WHERE s."tenantId" = today.id AND s.day = today.day)
    ORDER BY today.id`;

/**
 * Counts a company's storage of a day, once: the company's own row, and one for each mailbox that is not as it was on the
 * last day that has a row. False: it was counted before.
 */
export const countStorage = (db: Db, tenantId: TenantId, day: Date): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const counted = await tx.$executeRaw`
      INSERT INTO "StorageDay" ("tenantId", day, bytes, recordings)
      SELECT ${tenantId}::uuid, ${day}::date, COALESCE(sum(r.bytes), 0), count(*)
      FROM "Recording" r WHERE r."tenantId" = ${tenantId}::uuid
      ON CONFLICT DO NOTHING`;
    if (counted === 0) return false;
    await tx.$executeRaw`
      INSERT INTO "MailboxStorageDay" ("tenantId", "userId", day, bytes, recordings)
      SELECT ${tenantId}::uuid, u.id, ${day}::date, COALESCE(box.bytes, 0), COALESCE(box.recordings, 0)
      FROM "User" u
      LEFT JOIN (${boxes(tenantId)}) box ON box."userId" = u.id
      LEFT JOIN LATERAL (
        SELECT d.bytes, d.recordings FROM "MailboxStorageDay" d
        WHERE d."tenantId" = ${tenantId}::uuid AND d."userId" = u.id ORDER BY d.day DESC LIMIT 1
      ) last ON true
      WHERE u."tenantId" = ${tenantId}::uuid
        AND (COALESCE(box.bytes, 0), COALESCE(box.recordings, 0))
          IS DISTINCT FROM (COALESCE(last.bytes, 0), COALESCE(last.recordings, 0))
      ON CONFLICT DO NOTHING`;
    return true;
  });

/** What the company, or one mailbox, took on a day. */
export interface StorageOnDay {
  readonly day: Date;
  /** Null: the company's. */
  readonly userId: string | null;
  readonly username: string | null;
  readonly name: string | null;
  readonly recordings: number;
  readonly bytes: bigint;
}

/** A place among the days: the newest first, of a day the company's before the mailboxes'. */
export interface DayKey {
  /** `2026-11-30`. */
  readonly day: string;
  /** Empty: the company's. */
  readonly userId: string;
}

/** The days of the company and of its mailboxes, or of the one that the filter names, the newest first. */
export const findDaysAfter = (
  db: Db,
  tenantId: TenantId,
  place: DayKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<StorageOnDay[]> => {
  const beyond = (userId: Prisma.Sql) =>
    place
      ? Prisma.sql`AND (day < ${place.day}::date OR (day = ${place.day}::date
          AND ${userId} > ${place.userId === '' ? noUser : place.userId}::uuid))`
      : Prisma.empty;
  return db.$queryRaw<StorageOnDay[]>`
    SELECT listed.*, u.username, ${displayName('u')} AS name FROM (
      (SELECT day, NULL::uuid AS "userId", recordings, bytes FROM "StorageDay"
        WHERE "tenantId" = ${tenantId}::uuid AND ${filter.person === undefined}
          ${isOnDays(Prisma.sql`day`, filter)} ${beyond(Prisma.sql`${noUser}::uuid`)}
        ORDER BY day DESC LIMIT ${most})
      UNION ALL
      (SELECT day, "userId", recordings, bytes FROM "MailboxStorageDay"
        WHERE "tenantId" = ${tenantId}::uuid ${isOf(Prisma.sql`"userId"`, filter)}
          ${isOnDays(Prisma.sql`day`, filter)} ${beyond(Prisma.sql`"userId"`)}
        ORDER BY day DESC, "userId" LIMIT ${most})
    ) listed
    LEFT JOIN "User" u ON u.id = listed."userId" AND u."tenantId" = ${tenantId}::uuid
    ORDER BY listed.day DESC, listed."userId" NULLS FIRST LIMIT ${most}`;
};

/** Before every user's id. */
const noUser = '00000000-0000-0000-0000-000000000000';

/** Two days, both included: `2026-11-30`. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/** What something took on a day. */
export interface BytesOnDay {
  /** `2026-11-30`. */
  readonly day: string;
  readonly bytes: bigint;
}

/** The company's total on the days that were counted, the oldest first. */
export const findCompanyDays = (db: Db, tenantId: TenantId, { first, last }: DaySpan): Promise<readonly BytesOnDay[]> =>
  db.$queryRaw<BytesOnDay[]>`
    SELECT day::text, bytes FROM "StorageDay"
    WHERE "tenantId" = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date ORDER BY day`;

/**
 * What a mailbox took on each day on which the company was counted, the oldest first: as on the last day before on which
 * the mailbox had changed.
 */
export const findMailboxDays = (
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  { first, last }: DaySpan,
): Promise<readonly BytesOnDay[]> =>
  db.$queryRaw<BytesOnDay[]>`
    SELECT counted.day::text, COALESCE(box.bytes, 0)::bigint AS bytes FROM "StorageDay" counted
    LEFT JOIN LATERAL (
      SELECT d.bytes FROM "MailboxStorageDay" d
      WHERE d."tenantId" = counted."tenantId" AND d."userId" = ${userId}::uuid AND d.day <= counted.day
      ORDER BY d.day DESC LIMIT 1
    ) box ON true
    WHERE counted."tenantId" = ${tenantId}::uuid AND counted.day BETWEEN ${first}::date AND ${last}::date
    ORDER BY counted.day`;
