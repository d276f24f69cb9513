import type { Db } from '../deps.js';
import type { SessionId, TenantId, UserId } from '../ids.js';
import { type Session, sessionFrom } from './impersonation.store.js';

/** A place in a list of sessions: after this one, newest first. */
export interface SessionPosition {
  readonly startedAt: Date;
  readonly id: SessionId;
}

/** The sessions of a list: all of the company, or those in which admins acted as this person. */
export type SessionsOf = UserId | 'company';

const of = (whose: SessionsOf) => (whose === 'company' ? {} : { userId: whose });

/** Return the running sessions, newest first. None is older than its 30 minutes, so the index on the start serves. */
export async function findRunning(db: Db, tenantId: TenantId, whose: SessionsOf, now: Date): Promise<Session[]> {
  const rows = await db.impersonationSession.findMany({
    where: {
      tenantId,
      ...of(whose),
      startedAt: { gt: new Date(now.getTime() - 3_600_000) },
      expiresAt: { gt: now },
      endedAt: null,
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: 100,
  });
  return rows.map(sessionFrom);
}

/** Return sessions that are over, newest first. */
export async function findPast(
  db: Db,
  tenantId: TenantId,
  whose: SessionsOf,
  { now, after, most }: { readonly now: Date; readonly after: SessionPosition | undefined; readonly most: number },
): Promise<Session[]> {
  const rows = await db.impersonationSession.findMany({
    where: {
      tenantId,
      ...of(whose),
      OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }],
      ...(after && {
        startedAt: { lte: after.startedAt },
        NOT: { startedAt: after.startedAt, id: { gte: after.id } },
      }),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
  return rows.map(sessionFrom);
}
