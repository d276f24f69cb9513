import type { Change } from '../change.js';
import type { UserId } from '../ids.js';

/** Ends the open sessions in the browser of everybody in the company; whose they were. */
export async function endCompanySessions({ db, tenantId, now }: Change): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ userId: UserId }[]>`
    UPDATE "WebSession" SET "endedAt" = ${now}
    WHERE "tenantId" = ${tenantId}::uuid AND "endedAt" IS NULL AND "expiresAt" > ${now} RETURNING "userId"`;
  return rows.map(({ userId }) => userId);
}

/** Uses up every link that would sign in anybody of the company; how many. */
export async function endCompanySignInLinks({ db, tenantId, now }: Change): Promise<number> {
  const { count } = await db.signInLink.updateMany({
    where: { tenantId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count;
}

/** Ends every open session of theirs in the browser; how many. */
export async function endWebSessions({ db, tenantId, now }: Change, userId: UserId): Promise<number> {
  const { count } = await db.webSession.updateMany({
    where: { tenantId, userId, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now },
  });
  return count;
}

/** Uses up every link that would sign them in; how many. */
export async function endSignInLinks({ db, tenantId, now }: Change, userId: UserId): Promise<number> {
  const { count } = await db.signInLink.updateMany({
    where: { tenantId, userId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count;
}

/** Revokes their links to messages: all of them, or those to messages of others, which only an admin has; how many. */
export function revokePlayerLinks(
  { db, tenantId, now }: Change,
  userId: UserId,
  which: 'all' | 'of-others',
): Promise<number> {
  return db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now} FROM "Voicemail" v
    WHERE v.id = l."voicemailId" AND l."tenantId" = ${tenantId}::uuid AND l."userId" = ${userId}::uuid
      AND l."revokedAt" IS NULL AND l."expiresAt" > ${now} AND (${which === 'all'} OR v."userId" <> l."userId")`;
}
