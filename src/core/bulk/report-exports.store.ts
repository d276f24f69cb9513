import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { displayName } from '../people/sql.js';

interface PeriodRow {
  readonly username: string;
  readonly name: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly backup: string;
  readonly number: string;
  readonly note: string;
  readonly status: 'now' | 'planned';
}

/** Return who is out of office now or will be, the next first. */
export const findPeriodsOf = (db: Db, tenantId: TenantId, now: Date): Promise<PeriodRow[]> =>
  db.$queryRaw<PeriodRow[]>`
    SELECT u.username, ${displayName('u')} AS name, p."startsAt" AS "from", p."endsAt" AS until,
      COALESCE(b.username, '') AS backup, COALESCE(p.number, '') AS number, p.note,
      CASE WHEN p."startsAt" <= ${now} THEN 'now' ELSE 'planned' END AS status
    FROM "OutOfOfficePeriod" p
    JOIN "User" u ON u.id = p."userId"
    LEFT JOIN "User" b ON b.id = p."backupId"
    WHERE p."tenantId" = ${tenantId}::uuid AND p.status = 'planned' AND (p."endsAt" IS NULL OR p."endsAt" > ${now})
    ORDER BY p."startsAt", u.username`;

interface StorageRow {
  readonly username: string;
  readonly name: string;
  readonly voicemails: number;
  readonly unheard: number;
  readonly bytes: bigint;
}

/** Return the storage of every mailbox, the fullest first. A recording counts for everybody who has a copy. */
export const findStorageOf = (db: Db, tenantId: TenantId): Promise<StorageRow[]> =>
  db.$queryRaw<StorageRow[]>`
    SELECT u.username, ${displayName('u')} AS name,
      count(v.id)::int AS voicemails,
      count(v.id) FILTER (WHERE v."heardAt" IS NULL)::int AS unheard,
      COALESCE(sum(r.bytes), 0)::bigint AS bytes
    FROM "User" u
    LEFT JOIN "Voicemail" v ON v."userId" = u.id AND v."purgedAt" IS NULL
    LEFT JOIN "Recording" r ON r.id = v."recordingId"
    WHERE u."tenantId" = ${tenantId}::uuid
    GROUP BY u.id
    ORDER BY bytes DESC, u.username`;

export interface MissedCall {
  readonly id: string;
  readonly startedAt: Date;
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly username: string;
  readonly askedFor: string;
  readonly disposition: string;
}

/** Calls that nobody answered and that left no message, the newest first, before `last`. */
export const findMissedAfter = (
  db: Db,
  tenantId: TenantId,
  last: Pick<MissedCall, 'id' | 'startedAt'> | undefined,
  most: number,
): Promise<MissedCall[]> =>
  db.$queryRaw<MissedCall[]>`
    SELECT c.id, c."startedAt", c.ani, c."callerName", c.dnis, c.disposition,
      COALESCE(u.username, '') AS username, COALESCE(${displayName('u')}, '') AS "askedFor"
    FROM "Call" c LEFT JOIN "User" u ON u.id = c."askedForUserId" AND u."tenantId" = c."tenantId"
    WHERE c."tenantId" = ${tenantId}::uuid AND c.disposition IN ('missed', 'abandoned')
      AND (${last?.id ?? null}::uuid IS NULL OR (c."startedAt", c.id) < (${last?.startedAt ?? null}::timestamptz, ${last?.id ?? null}::uuid))
    ORDER BY c."startedAt" DESC, c.id DESC LIMIT ${most}`;

export interface UnheardMessage {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly receivedAt: Date;
  readonly ani: string;
  readonly durationSeconds: number;
}

/** Messages that nobody has heard and that are not deleted, the oldest first, after `last`. */
export const findUnheardAfter = (
  db: Db,
  tenantId: TenantId,
  last: Pick<UnheardMessage, 'id' | 'receivedAt'> | undefined,
  most: number,
): Promise<UnheardMessage[]> =>
  db.$queryRaw<UnheardMessage[]>`
    SELECT v.id, u.username, ${displayName('u')} AS name, v."receivedAt", COALESCE(v.ani, '') AS ani, v."durationSeconds"
    FROM "Voicemail" v JOIN "User" u ON u.id = v."userId" AND u."tenantId" = v."tenantId"
    WHERE v."tenantId" = ${tenantId}::uuid AND v."heardAt" IS NULL AND v."deletedAt" IS NULL AND v."purgedAt" IS NULL
      AND (${last?.id ?? null}::uuid IS NULL OR (v."receivedAt", v.id) > (${last?.receivedAt ?? null}::timestamptz, ${last?.id ?? null}::uuid))
    ORDER BY v."receivedAt", v.id LIMIT ${most}`;
