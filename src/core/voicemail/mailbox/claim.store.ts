import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';

/*
 * Each function writes a message that the change holds (`messageToChange`), so that of many who claim it at once each sees
 * the claim of the one before.
 */

/** A new holder has promised nothing yet. */
export async function setClaim({ db, now }: Change, id: string, holder: UserId): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { claimedById: holder, claimedAt: now, promisedAt: null, remindAt: null },
  });
}

export async function clearClaim({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { claimedById: null, claimedAt: null, promisedAt: null, remindAt: null },
  });
}

export async function setPromise({ db }: Change, id: string, promise: { promisedAt: Date; remindAt: Date }) {
  await db.voicemail.update({ where: { id }, data: promise });
}

/** Whose promise is due and still to be kept, taken once. Undefined: nobody's. */
export async function takeReminder({ db, tenantId, now }: Change, id: string): Promise<UserId | undefined> {
  const [row] = await db.$queryRaw<{ claimedById: UserId }[]>`
    UPDATE "Voicemail" SET "remindAt" = NULL
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND "remindAt" <= ${now}
      AND "handledAt" IS NULL AND "deletedAt" IS NULL
    RETURNING "claimedById"`;
  return row?.claimedById;
}
