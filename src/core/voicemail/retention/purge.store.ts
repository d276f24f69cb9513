import type { Change } from '../../change.js';
import type { Clock, Db } from '../../deps.js';
import { as, type TenantId } from '../../ids.js';
import { databaseNow } from '../../tasks/lease.store.js';

/** Whose company's message it is. */
export async function findTenant(db: Db, id: string): Promise<TenantId | undefined> {
  const voicemail = await db.voicemail.findUnique({ where: { id }, select: { tenantId: true } });
  return voicemail ? as<TenantId>(voicemail.tenantId) : undefined;
}

/**
 * Holds a message that may go now. Undefined: it may not, or it is gone, or something still needs its audio;
 * what has needed it for a day will never be done.
 */
export async function lockForPurge(
  { db, now }: Change,
  clock: Clock,
  id: string,
): Promise<{ recordingId: string | null } | undefined> {
  const yesterday = new Date(now.getTime() - 24 * 3_600_000);
  const [row] = await db.$queryRaw<{ recordingId: string | null }[]>`
    SELECT "recordingId" FROM "Voicemail" v
    WHERE id = ${id}::uuid AND "purgedAt" IS NULL AND "purgeAt" <= ${databaseNow(clock)}
      AND NOT EXISTS (SELECT 1 FROM "Forward" f WHERE f."voicemailId" = v.id AND f.status = 'waiting'
        AND f."createdAt" > ${yesterday})
      AND NOT EXISTS (SELECT 1 FROM "Export" e WHERE e."voicemailId" = v.id AND e.status = 'waiting'
        AND e."createdAt" > ${yesterday})
    FOR NO KEY UPDATE OF v`;
  return row;
}

/** What stays: whose it was, who called and when. Its links open nothing any more. */
export async function makeTombstone({ db, now }: Change, id: string): Promise<void> {
  await db.voicemail.update({
    where: { id },
    data: { purgedAt: now, transcript: null, forwardNote: '', recordingId: null },
  });
  await db.playerLink.updateMany({ where: { voicemailId: id, revokedAt: null }, data: { revokedAt: now } });
  await db.forward.updateMany({ where: { voicemailId: id }, data: { note: '' } });
}

/** Where the audio lies that nobody needs any more, its row gone; undefined while another message plays it. */
export async function releaseRecording({ db }: Change, id: string): Promise<string | undefined> {
  // The lock makes the purges of an original and its copy come one after the other, so that one of them is the last.
  await db.$queryRaw`SELECT 1 FROM "Recording" WHERE id = ${id}::uuid FOR UPDATE`;
  const [row] = await db.$queryRaw<{ storageKey: string }[]>`
    DELETE FROM "Recording" r
    WHERE id = ${id}::uuid AND NOT EXISTS (SELECT 1 FROM "Voicemail" v WHERE v."recordingId" = r.id)
    RETURNING "storageKey"`;
  return row?.storageKey;
}
