import type { Change } from '../change.js';
import { asId, type UserId } from '../ids.js';

/**
 * End the open browser sessions of a person, or of everybody in the company but its admins, who may open it again; return
 * the user of each.
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
  return ended.map((session) => asId<UserId>(session.userId));
}

/** Use up every link that would sign in this person, or anybody in the company; return how many. */
export async function endSignInLinks({ db, tenantId, now }: Change, userId: UserId | undefined): Promise<number> {
  const { count } = await db.signInLink.updateMany({
    where: { tenantId, ...(userId ? { userId } : {}), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count;
}
