import type { Change } from '../../change.js';
import { actingPersonId, type PersonActor } from '../../chat/actor.js';

/*
 * Each function writes a message that the change has locked and whose state it has checked (`lockMessage`).
 */

/** A message that is handled or deleted needs no reminder. */
const nothingDue = { remindAt: null };

/** Mark the message as handled, by the acting person, as the actor. */
export async function setHandled({ db, now }: Change, actor: PersonActor, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { handledAt: now, handledById: actingPersonId(actor), handledAsId: actor.userId, ...nothingDue },
  });
}

/** Mark the message as not handled. */
export async function setUnhandled({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { handledAt: null, handledById: null, handledAsId: null } });
}

/** Mark the message as deleted. */
export async function setDeleted({ db, now }: Change, id: string, purgeAt: Date): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { deletedAt: now, purgeAt, ...nothingDue } });
}

/** Restore a deleted message. */
export async function setRestored({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { deletedAt: null, purgeAt: null } });
}
