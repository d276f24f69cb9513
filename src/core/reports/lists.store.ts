import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayName, takesCalls } from '../people/sql.js';
import type { InstantKey } from './company-list.js';
import type { ListFilter } from './list-filter.js';
import { isOf, isWithin, overlaps } from './list-filter.sql.js';

/*
 * The queries of the company's lists. Each takes the place that it begins after, and costs the same wherever that is.
 */

/** Rows after this place in an ascending order; all where there is none. */
const after = (columns: Prisma.Sql, place: InstantKey | undefined): Prisma.Sql =>
  place ? Prisma.sql`AND ${columns} > (${place.at}::timestamptz, ${place.id}::uuid)` : Prisma.empty;

/** The same in a descending order. */
const before = (columns: Prisma.Sql, place: InstantKey | undefined): Prisma.Sql =>
  place ? Prisma.sql`AND ${columns} < (${place.at}::timestamptz, ${place.id}::uuid)` : Prisma.empty;

export interface ListedPeriod extends InstantKey {
  readonly username: string;
  readonly name: string;
  readonly until: Date | null;
  readonly backup: string | null;
  readonly backupName: string | null;
  readonly number: string | null;
  readonly note: string;
  readonly answer: string;
  readonly setAt: Date | null;
  /** Who set the period, or changed it last. */
  readonly setBy: string | null;
  /** The channel where nobody set it. */
  readonly via: string | null;
}

/** Who is out of office now or will be, the next first; with who set it, as the record has it. */
export const findPeriodsAfter = (
  db: Db,
  { tenantId, now }: { readonly tenantId: TenantId; readonly now: Date },
  place: InstantKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<ListedPeriod[]> =>
  db.$queryRaw<ListedPeriod[]>`
    SELECT p.id, p."startsAt" AS at, p."endsAt" AS until, u.username, ${displayName('u')} AS name,
      b.username AS backup, ${displayName('b')} AS "backupName", p.number, p.note, p."backupAnswer" AS answer,
      line.at AS "setAt", line.via, ${displayName('setter')} AS "setBy"
    FROM "OutOfOfficePeriod" p
    JOIN "User" u ON u.id = p."userId" AND u."tenantId" = p."tenantId"
    LEFT JOIN "User" b ON b.id = COALESCE(p."backupId", CASE WHEN p.number IS NULL THEN u."defaultBackupId" END)
      AND b."tenantId" = p."tenantId"
    LEFT JOIN LATERAL (
      SELECT a.at, a.via, COALESCE(a."impersonatorId", a."actorId") AS "userId" FROM "AuditLine" a
      WHERE a."tenantId" = p."tenantId" AND a."subjectId" = p.id
        AND a.event IN ('out-of-office.set', 'out-of-office.changed')
      ORDER BY a.seq DESC LIMIT 1
    ) line ON true
    LEFT JOIN "User" setter ON setter.id = line."userId" AND setter."tenantId" = p."tenantId"
    WHERE p."tenantId" = ${tenantId}::uuid AND p.status = 'planned' AND (p."endsAt" IS NULL OR p."endsAt" > ${now})
      ${isOf(Prisma.sql`p."userId"`, filter)} ${overlaps(Prisma.sql`p."startsAt"`, Prisma.sql`p."endsAt"`, filter)}
      ${after(Prisma.sql`(p."startsAt", p.id)`, place)}
    ORDER BY p."startsAt", p.id LIMIT ${most}`;

/** Somebody who is away in a time. */
export interface AwayPerson {
  readonly id: UserId;
  readonly username: string;
  readonly name: string;
}

/** People with access who are away at some moment between two instants, by id. */
export const findAwayAfter = (
  db: Db,
  tenantId: TenantId,
  { since, until }: { readonly since: Date; readonly until: Date },
  lastId: string | undefined,
  most: number,
): Promise<AwayPerson[]> =>
  db.$queryRaw<AwayPerson[]>`
    SELECT u.id, u.username, ${displayName('u')} AS name FROM "User" u
    WHERE u."tenantId" = ${tenantId}::uuid AND ${takesCalls('u')}
      AND (${lastId ?? null}::uuid IS NULL OR u.id > ${lastId ?? null}::uuid)
      AND u.id IN (
        SELECT p."userId" FROM "OutOfOfficePeriod" p
        WHERE p."tenantId" = ${tenantId}::uuid AND p.status = 'planned' AND p."startsAt" < ${until}
          AND (p."endsAt" IS NULL OR p."endsAt" > ${since}))
    ORDER BY u.id LIMIT ${most}`;

export interface ListedSession extends InstantKey {
  readonly admin: string;
  readonly person: string;
  readonly reason: string;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly endedHow: string | null;
}

/** When admins acted as others, the newest first. */
export const findSessionsAfter = (
  db: Db,
  tenantId: TenantId,
  place: InstantKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<ListedSession[]> =>
  db.$queryRaw<ListedSession[]>`
    SELECT s.id, s."startedAt" AS at, ${displayName('admin')} AS admin, ${displayName('u')} AS person, s.reason,
      s."expiresAt", s."endedAt", s."endedHow"
    FROM "ImpersonationSession" s
    JOIN "User" admin ON admin.id = s."impersonatorId" AND admin."tenantId" = s."tenantId"
    JOIN "User" u ON u.id = s."userId" AND u."tenantId" = s."tenantId"
    WHERE s."tenantId" = ${tenantId}::uuid ${isOfSession(filter)} ${isWithin(Prisma.sql`s."startedAt"`, filter)}
      ${before(Prisma.sql`(s."startedAt", s.id)`, place)}
    ORDER BY s."startedAt" DESC, s.id DESC LIMIT ${most}`;

/** Of a session the person who acted, or was acted as. */
const isOfSession = ({ person }: ListFilter): Prisma.Sql =>
  person === undefined ? Prisma.empty : Prisma.sql`AND ${person}::uuid IN (s."userId", s."impersonatorId")`;

export interface MissedCall extends InstantKey {
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly username: string;
  readonly askedFor: string;
  readonly disposition: string;
}

/** Calls that nobody answered and that left no message, the newest first. */
export const findMissedAfter = (
  db: Db,
  tenantId: TenantId,
  place: InstantKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<MissedCall[]> =>
  db.$queryRaw<MissedCall[]>`
    SELECT c.id, c."startedAt" AS at, c.ani, c."callerName", c.dnis, c.disposition,
      COALESCE(u.username, '') AS username, COALESCE(${displayName('u')}, '') AS "askedFor"
    FROM "Call" c LEFT JOIN "User" u ON u.id = c."askedForUserId" AND u."tenantId" = c."tenantId"
    WHERE c."tenantId" = ${tenantId}::uuid AND c.disposition IN ('missed', 'abandoned')
      ${isOf(Prisma.sql`c."askedForUserId"`, filter)} ${isWithin(Prisma.sql`c."startedAt"`, filter)}
      ${before(Prisma.sql`(c."startedAt", c.id)`, place)}
    ORDER BY c."startedAt" DESC, c.id DESC LIMIT ${most}`;

export interface UnheardMessage extends InstantKey {
  readonly username: string;
  readonly name: string;
  readonly ani: string;
  readonly durationSeconds: number;
}

/** Messages that nobody has heard and that are not deleted, the oldest first. */
export const findUnheardAfter = (
  db: Db,
  tenantId: TenantId,
  place: InstantKey | undefined,
  most: number,
  filter: ListFilter,
): Promise<UnheardMessage[]> =>
  db.$queryRaw<UnheardMessage[]>`
    SELECT v.id, u.username, ${displayName('u')} AS name, v."receivedAt" AS at, COALESCE(v.ani, '') AS ani,
      v."durationSeconds"
    FROM "Voicemail" v JOIN "User" u ON u.id = v."userId" AND u."tenantId" = v."tenantId"
    WHERE v."tenantId" = ${tenantId}::uuid AND v."heardAt" IS NULL AND v."deletedAt" IS NULL AND v."purgedAt" IS NULL
      ${isOf(Prisma.sql`v."userId"`, filter)} ${isWithin(Prisma.sql`v."receivedAt"`, filter)}
      ${after(Prisma.sql`(v."receivedAt", v.id)`, place)}
    ORDER BY v."receivedAt", v.id LIMIT ${most}`;
