import type { Change } from '../../change.js';
import { actingPersonId, type PersonActor } from '../../chat/actor.js';
import type { Db } from '../../deps.js';

/*
 * Each write names the owner and the state from which it starts, so that an id from elsewhere or a second click changes
 * nothing; the result says whether something changed.
 */

const ownMessage = (change: Change, userId: string, id: string) => ({ id, tenantId: change.tenantId, userId });

/** Mark the message as handled. False: handled already, deleted, or not theirs. */
export async function setHandled(change: Change, actor: PersonActor, id: string): Promise<boolean> {
  const { count } = await change.db.voicemail.updateMany({
    where: { ...ownMessage(change, actor.userId, id), handledAt: null, deletedAt: null },
    data: { handledAt: change.now, handledById: actingPersonId(actor) },
  });
  return count > 0;
}

/** Mark the message as not handled. False: not handled, deleted, or not theirs. */
export async function setUnhandled(change: Change, userId: string, id: string): Promise<boolean> {
  const { count } = await change.db.voicemail.updateMany({
    where: { ...ownMessage(change, userId, id), handledAt: { not: null }, deletedAt: null },
    data: { handledAt: null, handledById: null },
  });
  return count > 0;
}

/** Mark the message as deleted. False: deleted already, or not theirs. */
export async function setDeleted(change: Change, userId: string, id: string, purgeAt: Date): Promise<boolean> {
  const { count } = await change.db.voicemail.updateMany({
    where: { ...ownMessage(change, userId, id), deletedAt: null },
    data: { deletedAt: change.now, purgeAt },
  });
  return count > 0;
}

/** Restore a deleted message. False: not deleted, too late, or not theirs. */
export async function setRestored(change: Change, userId: string, id: string): Promise<boolean> {
  const { count } = await change.db.voicemail.updateMany({
    where: { ...ownMessage(change, userId, id), deletedAt: { not: null }, purgedAt: null, purgeAt: { gt: change.now } },
    data: { deletedAt: null, purgeAt: null },
  });
  return count > 0;
}

/** Return whether the message is deleted. Undefined: no such message in this mailbox. */
export async function findState(
  db: Db,
  actor: PersonActor,
  id: string,
): Promise<{ deletedAt: Date | null } | undefined> {
  const state = await db.voicemail.findFirst({
    where: { id, tenantId: actor.tenantId, userId: actor.userId },
    select: { deletedAt: true },
  });
  return state ?? undefined;
}
