import type { Db } from '../deps.js';
import type { E164, TenantId, UserId } from '../ids.js';
import { displayName } from '../people/sql.js';
import type { Period } from '../routing/absence.types.js';

/** A person's own day: their periods, those that they cover, unheard messages. */
export interface FoundOverview {
  /** Running or planned, soonest first. */
  readonly own: readonly Period[];
  readonly covered: readonly Period[];
  /** The backup's name. */
  readonly defaultBackup: string | undefined;
  /** Display names of everybody in the periods, by user id. */
  readonly names: ReadonlyMap<string, string>;
  readonly unheard: number;
}

interface Row {
  defaultBackup: string | null;
  unheard: number;
  periods: PeriodRow[];
}

type PeriodRow = Pick<Period, 'id' | 'userId' | 'note' | 'privacy' | 'backupAnswer'> & {
  startsAt: string;
  endsAt: string | null;
  backupId: UserId | null;
  number: E164 | null;
  other: string | null;
};

/** Return everything that the overview shows, in one round trip, because it is the most frequent request. */
export async function findOverview(db: Db, tenantId: TenantId, userId: UserId, now: Date): Promise<FoundOverview> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${displayName('b')} AS "defaultBackup",
      (SELECT count(*)::int FROM "Voicemail" v
        WHERE v."tenantId" = me."tenantId" AND v."userId" = me.id AND v."heardAt" IS NULL AND v."deletedAt" IS NULL
      ) AS unheard,
      COALESCE((
        SELECT json_agg(json_build_object('id', p.id, 'userId', p."userId", 'startsAt', p."startsAt",
          'endsAt', p."endsAt", 'backupId', p."backupId", 'number', p.number, 'note', p.note, 'privacy', p.privacy,
          'backupAnswer', p."backupAnswer", 'other', ${displayName('other')})
          ORDER BY p."startsAt")
        FROM "OutOfOfficePeriod" p
        LEFT JOIN "User" other ON other."tenantId" = p."tenantId"
          AND other.id = CASE WHEN p."userId" = me.id THEN p."backupId" ELSE p."userId" END
        WHERE p."tenantId" = me."tenantId" AND (p."userId" = me.id OR p."backupId" = me.id)
          AND p.status = 'planned' AND (p."endsAt" IS NULL OR p."endsAt" > ${now})
      ), '[]') AS periods
    FROM "User" me
    LEFT JOIN "User" b ON b.id = me."defaultBackupId" AND b."tenantId" = me."tenantId"
    WHERE me.id = ${userId}::uuid AND me."tenantId" = ${tenantId}::uuid`;
  if (!row) throw new Error('requester not found');

  const periods = row.periods.map(periodOf);
  return {
    own: periods.filter((period) => period.userId === userId),
    covered: periods.filter((period) => period.userId !== userId),
    defaultBackup: row.defaultBackup ?? undefined,
    names: new Map(row.periods.flatMap((period) => nameIn(period, userId))),
    unheard: row.unheard,
  };
}

const periodOf = ({ other: _, startsAt, endsAt, backupId, number, ...row }: PeriodRow): Period => ({
  ...row,
  startsAt: new Date(startsAt),
  endsAt: endsAt === null ? undefined : new Date(endsAt),
  backupId: backupId ?? undefined,
  number: number ?? undefined,
});

/** The backup's name of the person's own period, the absent person's name of a covered one. */
function nameIn({ userId, backupId, other }: PeriodRow, me: UserId): [string, string][] {
  const id = userId === me ? backupId : userId;
  return id === null || other === null ? [] : [[id, other]];
}
