import type { Change } from '../change.js';
import type { UserId } from '../ids.js';

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
