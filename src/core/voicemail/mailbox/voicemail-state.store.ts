import type { Change } from '../../change.js';
import { type PersonActor, personOf } from '../../chat/actor.js';

/*
 * Each function writes a message that the change holds and has found in the state it starts from (`messageToChange`).
 */

/** What ends with a message: nobody is reminded of it any more. */
const nothingDue = { remindAt: null };

/** By whom, and as whom. */
export async function setHandled({ db, now }: Change, actor: PersonActor, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { handledAt: now, handledById: personOf(actor), handledAsId: actor.userId, ...nothingDue },
  });
}

export async function setReopened({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { handledAt: null, handledById: null, handledAsId: null } });
}

export async function setDeleted({ db, now }: Change, id: string, purgeAt: Date): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { deletedAt: now, purgeAt, ...nothingDue } });
}

export async function setRestored({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({ where: { id }, data: { deletedAt: null, purgeAt: null } });
}
