import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Clock, Db } from '../../deps.js';
import { asId, type TenantId } from '../../ids.js';
import { databaseNow } from '../../tasks/lease.store.js';

/** Return the company of a message. */
export async function findTenant(db: Db, id: string): Promise<TenantId | undefined> {
  const voicemail = await db.voicemail.findUnique({ where: { id }, select: { tenantId: true } });
  return voicemail ? asId<TenantId>(voicemail.tenantId) : undefined;
}

/** A message that is purged now, and what there is of it. */
interface LockedForPurge {
  readonly recordingId: string | null;
  readonly hasTranscript: boolean;
  /** It was too old; otherwise somebody deleted it. */
  readonly isExpired: boolean;
}

/**
 * Lock a message that may be purged now. Undefined: it may not, or it is gone, or a forward or an export still needs
 * its audio; one that has waited for a day will never run.
 */
export async function lockForPurge({ db, now }: Change, clock: Clock, id: string): Promise<LockedForPurge | undefined> {
  const [row] = await db.$queryRaw<LockedForPurge[]>`
    SELECT "recordingId", transcript IS NOT NULL AS "hasTranscript", "expiredAt" IS NOT NULL AS "isExpired" FROM "Voicemail" v
    WHERE id = ${id}::uuid AND "purgedAt" IS NULL AND "purgeAt" <= ${databaseNow(clock)} AND ${isNeededByNothing(now)}
    FOR NO KEY UPDATE OF v`;
  return row;
}

/** Count the messages that should have been purged before an instant, and are not: the store refuses to delete the audio. */
export async function countOverduePurges(db: Db, before: Date, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "Voicemail" v
    WHERE "purgedAt" IS NULL AND "purgeAt" <= ${before} AND ${isNeededByNothing(now)}`;
  return row?.count ?? 0;
}

/** No forward and no export waits for the audio of the message `v`; one that has waited for a day will never run. */
function isNeededByNothing(now: Date): Prisma.Sql {
  const yesterday = new Date(now.getTime() - 24 * 3_600_000);
  return Prisma.sql`
    NOT EXISTS (SELECT 1 FROM "Forward" f WHERE f."voicemailId" = v.id AND f.status = 'waiting'
      AND f."createdAt" > ${yesterday})
    AND NOT EXISTS (SELECT 1 FROM "Export" e WHERE e."voicemailId" = v.id AND e.status = 'waiting'
      AND e."createdAt" > ${yesterday})`;
}

/** Erase the message except its owner, caller and time. Its links no longer open. */
export async function makeTombstone({ db, now }: Change, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { purgedAt: now, transcript: null, forwardNote: '', recordingId: null },
  });
  await db.playerLink.updateMany({ where: { voicemailId: id, revokedAt: null }, data: { revokedAt: now } });
  await db.forward.updateMany({ where: { voicemailId: id }, data: { note: '' } });
}

/**
 * Delete the row of a recording that no message uses any more and return its storage key; undefined: another message
 * still plays it.
 */
export async function releaseRecording({ db }: Change, id: string): Promise<string | undefined> {
  // The lock serialises the purges of an original and its copy, so that one of them is the last.
  await db.$queryRaw`SELECT 1 FROM "Recording" WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = await db.$queryRaw<{ storageKey: string }[]>`
    DELETE FROM "Recording" r
    WHERE id = ${id}::uuid AND NOT EXISTS (SELECT 1 FROM "Voicemail" v WHERE v."recordingId" = r.id)
    RETURNING "storageKey"`;
  return row?.storageKey;
}
