import type { Change } from '../change.js';
import { as, type UserId } from '../ids.js';

/**
 * Ends the open sessions in the browser of a person, or of everybody in the company but its admins, who may open it
 * again; whose they were.
 */
export async function endWebSessions(
  { db, tenantId, now }: Change,
  userId: UserId | undefined,
): Promise<readonly UserId[]> {
  const ended = await db.webSession.updateManyAndReturn({
    where: {
      tenantId,
      ...(userId ? { userId } : { user: { role: { not: 'admin' } } }),
      endedAt: null,
      expiresAt: { gt: now },
    },
    data: { endedAt: now },
    select: { userId: true },
  });
  return ended.map((session) => as<UserId>(session.userId));
}

/** Uses up every link that would sign in this person, or anybody in the company; how many. */
export async function endSignInLinks({ db, tenantId, now }: Change, userId: UserId | undefined): Promise<number> {
  const { count } = await db.signInLink.updateMany({
    where: { tenantId, ...(userId ? { userId } : {}), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count;
}
