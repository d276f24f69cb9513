import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';

const open = (tenantId: TenantId, userId: UserId) => ({ tenantId, userId, handledAt: null, deletedAt: null });

/** How many messages in this box are neither handled nor deleted. */
export const countOpen = (db: Db, tenantId: TenantId, userId: UserId): Promise<number> =>
  db.voicemail.count({ where: open(tenantId, userId) });

/** The open messages of one box go to another, as new ones; returns how many they are. */
export async function moveOpen({ db, tenantId }: Change, from: UserId, to: UserId): Promise<number> {
  const { count } = await db.voicemail.updateMany({
    where: open(tenantId, from),
    // What the old mailbox had agreed or was told does not hold in the new one.
    data: {
      userId: to,
      heardAt: null,
      claimedById: null,
      claimedAt: null,
      promisedAt: null,
      remindAt: null,
      announcedAt: null,
      announcementId: null,
    },
  });
  return count;
}
