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
