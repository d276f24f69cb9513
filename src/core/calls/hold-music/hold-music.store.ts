import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import type { StoredAudio } from '../../voicemail/ports.js';

/** The company's own music for waiting callers. */
export interface HoldMusic {
  readonly recordingId: string;
  readonly durationSeconds: number;
  readonly createdAt: Date;
  readonly audio: StoredAudio;
}

/** Return the company's own music; undefined: there is none, or its file is missing. */
export async function findHoldMusic(db: Db, tenantId: TenantId): Promise<HoldMusic | undefined> {
  const row = await db.holdMusic.findFirst({
    where: { tenantId, recording: { missingSince: null } },
    select: {
      ...{ recordingId: true, createdAt: true },
      recording: { select: { storageKey: true, mimeType: true, bytes: true, durationSeconds: true } },
    },
  });
  if (!row) return undefined;
  const { recordingId, createdAt } = row;
  const { durationSeconds, ...audio } = row.recording;
  return { recordingId, createdAt, durationSeconds, audio };
}

/** Return the audio of music, by its recording; undefined: it was replaced or removed. */
export async function findMusicAudio(db: Db, recordingId: string): Promise<StoredAudio | undefined> {
  const music = await db.holdMusic.findFirst({
    where: { recordingId },
    select: { recording: { select: { storageKey: true, mimeType: true, bytes: true } } },
  });
  return music?.recording;
}

/** Replace the company's music and return the storage key of the previous one, which no row names any more. */
export async function replaceHoldMusic(
  change: Change,
  { storageKey, mimeType, bytes, durationSeconds }: StoredAudio & { readonly durationSeconds: number },
): Promise<string | undefined> {
  const { db, tenantId, now } = change;
  const before = await deleteHoldMusic(change);
  const id = randomUUID();
  await db.recording.create({ data: { id, tenantId, storageKey, mimeType, bytes, durationSeconds, createdAt: now } });
  await db.holdMusic.create({ data: { tenantId, recordingId: id, createdAt: now } });
  return before;
}

/** Delete the company's music with its recording's row and return the storage key. Undefined: there was none. */
export async function deleteHoldMusic({ db, tenantId }: Change): Promise<string | undefined> {
  // The lock serialises concurrent changes, so that the second sees the first.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('hold-music:' || ${tenantId}, 0))`;
  const [row] = await db.$queryRaw<{ recordingId: string }[]>`
    DELETE FROM "HoldMusic" WHERE "tenantId" = ${tenantId}::uuid RETURNING "recordingId"`;
  if (!row) return undefined;
  const { storageKey } = await db.recording.delete({ where: { id: row.recordingId }, select: { storageKey: true } });
  return storageKey;
}
