import type { ImpersonationSession } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { as, type SessionId, type TenantId, type UserId } from '../ids.js';

/** An admin acting as a user, from one instant to another. */
export interface Session {
  readonly id: SessionId;
  readonly tenantId: TenantId;
  readonly impersonatorId: UserId;
  readonly userId: UserId;
  readonly reason: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

const sessionFrom = (row: ImpersonationSession): Session => ({
  ...row,
  id: as<SessionId>(row.id),
  tenantId: as<TenantId>(row.tenantId),
  impersonatorId: as<UserId>(row.impersonatorId),
  userId: as<UserId>(row.userId),
});

export async function findSession(db: Db, tenantId: TenantId | undefined, id: SessionId): Promise<Session | undefined> {
  const row = await db.impersonationSession.findFirst({ where: { id, ...(tenantId ? { tenantId } : {}) } });
  return row ? sessionFrom(row) : undefined;
}

/** Two starts of one admin come one after the other, so that the second sees the first. */
export async function lockImpersonator({ db }: Change, impersonatorId: UserId): Promise<void> {
  await db.$queryRaw`SELECT id FROM "User" WHERE id = ${impersonatorId}::uuid FOR UPDATE`;
}

/** As whom this admin acts at the moment, by name. */
export async function hasRunningSession(change: Change, impersonatorId: UserId): Promise<string | undefined> {
  const running = await change.db.impersonationSession.findFirst({
    where: { tenantId: change.tenantId, impersonatorId, endedAt: null, expiresAt: { gt: change.now } },
    select: { userId: true },
  });
  return running ? ((await whoIs(change, as<UserId>(running.userId)))?.displayName ?? '') : undefined;
}

export async function whoIs({ db, tenantId }: Change, userId: UserId) {
  const user = await db.user.findFirst({
    where: { tenantId, id: userId },
    select: { firstName: true, lastName: true, role: true },
  });
  return user ? { displayName: `${user.firstName} ${user.lastName}`.trim(), role: user.role } : undefined;
}

/** Are people of this company told when somebody acts as them? */
export async function tenantTells({ db, tenantId }: Change): Promise<boolean> {
  const { impersonationNotice } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { impersonationNotice: true },
  });
  return impersonationNotice;
}

export async function insertSession(change: Change, session: Session): Promise<void> {
  await change.db.impersonationSession.create({ data: session });
  change.record({
    event: 'impersonation.started',
    subjectId: session.userId,
    after: { expiresAt: session.expiresAt.toISOString() },
  });
}

/** False: somebody ended it before. */
export async function markEnded(
  change: Change,
  session: Session,
  endedAt: Date,
  how: 'stopped' | 'expired',
): Promise<boolean> {
  const { count } = await change.db.impersonationSession.updateMany({
    where: { id: session.id, endedAt: null },
    data: { endedAt },
  });
  if (count === 0) return false;
  change.record({
    event: 'impersonation.ended',
    subjectId: session.userId,
    after: { endedAt: endedAt.toISOString(), how },
  });
  return true;
}
