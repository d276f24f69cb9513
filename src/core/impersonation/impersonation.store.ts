import { type ImpersonationSession, Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type SessionId, type TenantId, type UserId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { whyNotActAs } from '../people/sql.js';

/** Why an admin may no longer act as a user; the values of `whyNotActAs`. */
const revocationReasons = [
  'app-switched-off',
  'admin-lost-access',
  'admin-lost-role',
  'person-lost-access',
  'person-became-admin',
] as const;
/** Why an admin may no longer act as a user. */
export type RevocationReason = (typeof revocationReasons)[number];

/** The ways in which a session can end. */
export const sessionEndings = [
  'stopped',
  'expired',
  'ended-by-person',
  'ended-by-admin',
  ...revocationReasons,
] as const;
/** How a session ended. */
export type SessionEnding = (typeof sessionEndings)[number];

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
  /** Null: it runs, or ended before this was recorded. */
  readonly endedHow: SessionEnding | null;
  /** The person or the other admin who ended it; null: neither did. */
  readonly endedById: UserId | null;
}

/** Return the session of a row. */
export const sessionFrom = ({ endSeenOn: _, ...row }: ImpersonationSession): Session => ({
  ...row,
  id: asId<SessionId>(row.id),
  tenantId: asId<TenantId>(row.tenantId),
  impersonatorId: asId<UserId>(row.impersonatorId),
  userId: asId<UserId>(row.userId),
  endedHow: row.endedHow as SessionEnding | null,
  endedById: row.endedById === null ? null : asId<UserId>(row.endedById),
});

/** Return a session; undefined: there is none with this id. */
export async function findSession(db: Db, tenantId: TenantId | undefined, id: SessionId): Promise<Session | undefined> {
  const row = await db.impersonationSession.findFirst({ where: { id, ...(tenantId ? { tenantId } : {}) } });
  return row ? sessionFrom(row) : undefined;
}

/**
 * Return why this admin may not act as this person; undefined: they may. Locks the admin's row until the transaction
 * ends, so that of two starts the second sees the first, and a start sees that the admin's access was taken.
 */
export async function lockAndCheckStart(
  { db, tenantId }: Change,
  { impersonatorId, userId }: Pick<Session, 'impersonatorId' | 'userId'>,
): Promise<RevocationReason | undefined> {
  const [row] = await db.$queryRaw<{ lapse: RevocationReason | null }[]>`
    SELECT ${whyNotActAs('admin', 'person', 't')} AS lapse
    FROM "User" admin JOIN "Tenant" t ON t.id = admin."tenantId"
    LEFT JOIN "User" person ON person.id = ${userId}::uuid AND person."tenantId" = t.id
    WHERE admin.id = ${impersonatorId}::uuid AND t.id = ${tenantId}::uuid FOR NO KEY UPDATE OF admin`;
  return row ? (row.lapse ?? undefined) : 'admin-lost-access';
}

/** A running session that is no longer allowed, and why. */
export interface LapsedSession {
  readonly session: Session;
  readonly lapse: RevocationReason;
}

/** Return running sessions that are no longer allowed: by or of this user, or in the whole company. */
export async function findRevoked({ db, tenantId, now }: Change, userId: UserId | undefined): Promise<LapsedSession[]> {
  const concerned =
    userId === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(s."impersonatorId" = ${userId}::uuid OR s."userId" = ${userId}::uuid)`;
  const rows = await db.$queryRaw<(ImpersonationSession & { lapse: RevocationReason })[]>`
    SELECT * FROM (
      SELECT s.*, ${whyNotActAs('admin', 'person', 't')} AS lapse ${sessionsWithPeople}
      WHERE s."tenantId" = ${tenantId}::uuid AND s."endedAt" IS NULL AND s."expiresAt" > ${now} AND ${concerned}
    ) AS running WHERE lapse IS NOT NULL`;
  return rows.map(({ lapse, ...row }) => ({ session: sessionFrom(row), lapse }));
}

/** Return why this session is no longer allowed, whether it runs or not; undefined: it is allowed. */
export async function findRevocationReason(db: Db, id: SessionId): Promise<RevocationReason | undefined> {
  const [row] = await db.$queryRaw<{ lapse: RevocationReason | null }[]>`
    SELECT ${whyNotActAs('admin', 'person', 't')} AS lapse ${sessionsWithPeople} WHERE s.id = ${id}::uuid`;
  return row?.lapse ?? undefined;
}

const sessionsWithPeople = Prisma.sql`FROM "ImpersonationSession" s
  JOIN "Tenant" t ON t.id = s."tenantId"
  JOIN "User" admin ON admin.id = s."impersonatorId"
  JOIN "User" person ON person.id = s."userId"`;

/** Return the name of the user as whom this admin acts now; undefined: none. */
export async function findImpersonatedName(change: Change, impersonatorId: UserId): Promise<string | undefined> {
  const running = await change.db.impersonationSession.findFirst({
    where: { tenantId: change.tenantId, impersonatorId, endedAt: null, expiresAt: { gt: change.now } },
    select: { userId: true },
  });
  return running ? ((await findNameAndRole(change, asId<UserId>(running.userId)))?.displayName ?? '') : undefined;
}

/** Return the user's name and role; undefined: the user is gone. */
export async function findNameAndRole({ db, tenantId }: Change, userId: UserId) {
  const user = await db.user.findFirst({
    where: { tenantId, id: userId },
    select: { firstName: true, lastName: true, role: true },
  });
  return user ? { displayName: displayNameOf(user), role: user.role } : undefined;
}

/** Return whether the company tells its people when an admin acts as them. */
export async function isNoticeEnabled({ db, tenantId }: Change): Promise<boolean> {
  const { impersonationNotice } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { impersonationNotice: true },
  });
  return impersonationNotice;
}

/** Insert a session, with its audit line. */
export async function insertSession(change: Change, session: Session): Promise<void> {
  await change.db.impersonationSession.create({ data: session });
  change.record({
    event: 'impersonation.started',
    subjectId: session.userId,
    after: { expiresAt: session.expiresAt.toISOString() },
  });
}

/** The end of a session: when, how, and by whom if it was neither the admin nor the clock. */
export interface SessionEnd {
  readonly endedAt: Date;
  readonly how: SessionEnding;
  readonly endedById: UserId | null;
}

/** End a session. False: it had ended before. */
export async function markEnded(
  change: Change,
  session: Session,
  { endedAt, how, endedById }: SessionEnd,
): Promise<boolean> {
  const { count } = await change.db.impersonationSession.updateMany({
    where: { tenantId: change.tenantId, id: session.id, endedAt: null },
    data: { endedAt, endedHow: how, endedById },
  });
  if (count === 0) return false;
  change.record({
    event: 'impersonation.ended',
    subjectId: session.userId,
    after: { endedAt: endedAt.toISOString(), how, session: session.id },
  });
  return true;
}

/** Note that the admin was told on this platform that somebody else ended the session. Bookkeeping, without a line. */
export async function markEndSeen(db: Db, tenantId: TenantId, id: SessionId, platform: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImpersonationSession" SET "endSeenOn" = array_append("endSeenOn", ${platform})
    WHERE "tenantId" = ${tenantId}::uuid AND id = ${id}::uuid AND NOT ${platform} = ANY ("endSeenOn")`;
}
