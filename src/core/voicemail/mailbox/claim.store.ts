import type { Change } from '../../change.js';
import type { UserId } from '../../ids.js';

/*
 * Each function writes a message that the change has locked (`lockMessage`), so that concurrent claims see each other.
 */

/** Set the holder of a message, without a promised time. */
export async function setClaim({ db, now }: Change, id: string, holder: UserId): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { claimedById: holder, claimedAt: now, promisedAt: null, remindAt: null },
  });
}

/** Remove the claim of a message with its promised time. */
export async function clearClaim({ db }: Change, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { claimedById: null, claimedAt: null, promisedAt: null, remindAt: null },
  });
}

/** Set the promised time of a message and the time of its reminder. */
export async function setPromise({ db }: Change, id: string, promise: { promisedAt: Date; remindAt: Date }) {
  await db.voicemail.update({ where: { id }, data: promise });
}

/** Take a due reminder, at most once, and return the holder. Undefined: none is due. */
export async function takeReminder({ db, tenantId, now }: Change, id: string): Promise<UserId | undefined> {
  const [row] = await db.$queryRaw<{ claimedById: UserId }[]>`
    UPDATE "Voicemail" SET "remindAt" = NULL
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND "remindAt" <= ${now}
      AND "handledAt" IS NULL AND "deletedAt" IS NULL
    RETURNING "claimedById"`;
  return row?.claimedById;
}
