import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import type { KnownCall } from './calls.store.js';

/** Who is before a caller in somebody’s personal queue. */
export interface Ahead {
  readonly waiting: number;
  /** Called before this one, and the person’s phone rings for them just now. */
  readonly ringing: number;
}

/** A wait of which nothing was heard for longer than the longest wait is over: its caller is gone. */
const longestWaitSeconds = 660;
/** A phone that rings longer has been answered. */
const longestRingSeconds = 60;

/** Count the calls for this person that came before this one and still wait; `call` undefined: before a new one. */
export async function findAhead(
  db: Db,
  tenantId: TenantId,
  asked: UserId,
  call: Pick<KnownCall, 'rowId' | 'startedAt'> | undefined,
  now: Date,
): Promise<Ahead> {
  const since = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const [row] = await db.$queryRaw<{ waiting: number; ringing: number }[]>`
    SELECT count(*) FILTER (WHERE latest.action = 'queue')::int AS waiting,
      count(*) FILTER (WHERE latest.action = 'dial' AND latest.rings = ${asked}
        AND latest."createdAt" > ${since(longestRingSeconds)})::int AS ringing
    FROM "Call" c CROSS JOIN LATERAL (
      SELECT l.decision->>'action' AS action, l.heard->>'rings' AS rings, l.outcome, l."createdAt"
      FROM "CallLeg" l WHERE l."callRowId" = c.id ORDER BY l.leg DESC LIMIT 1
    ) AS latest
    WHERE c."tenantId" = ${tenantId}::uuid AND c."askedForUserId" = ${asked}::uuid AND c.disposition = 'open'
      AND c."startedAt" > ${since(24 * 60 * 60)} AND latest.outcome IS NULL
      AND latest."createdAt" > ${since(longestWaitSeconds)}
      AND (c."startedAt", c.id) < (${call?.startedAt ?? now}::timestamptz, ${call?.rowId ?? lastId}::uuid)`;
  return row ?? { waiting: 0, ringing: 0 };
}

/** After every other id: a call that has no row yet came last. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
