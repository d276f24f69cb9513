import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import type { StoredAudio } from '../ports.js';
import type { GreetingKind } from './greeting-kind.js';

/** A recorded greeting. */
export interface RecordedGreeting {
  readonly kind: GreetingKind;
  readonly recordingId: string;
  readonly durationSeconds: number;
  readonly createdAt: Date;
}

/** Return the greetings of a mailbox that can be played, in no particular order. */
export async function findGreetings(db: Db, tenantId: TenantId, userId: string): Promise<readonly RecordedGreeting[]> {
  const rows = await db.greeting.findMany({
    where: { tenantId, userId, recording: { missingSince: null } },
    select: { kind: true, createdAt: true, recordingId: true, recording: { select: { durationSeconds: true } } },
  });
  return rows.map(({ kind, recording, ...row }) => ({
    ...row,
    kind: kind as GreetingKind,
    durationSeconds: recording.durationSeconds,
  }));
}

/** Return the audio of a greeting, by its recording; undefined: it was replaced or removed. */
export async function findGreetingAudio(db: Db, recordingId: string): Promise<StoredAudio | undefined> {
  const greeting = await db.greeting.findFirst({
    where: { recordingId },
    select: { recording: { select: { storageKey: true, mimeType: true, bytes: true } } },
  });
  return greeting?.recording;
}

interface NewGreeting {
  readonly userId: UserId;
  readonly kind: GreetingKind;
  readonly audio: StoredAudio & { readonly durationSeconds: number };
}

/** Replace a greeting and return the storage key of the previous one, which no row names any more. */
export async function replaceGreeting(
  change: Change,
  { userId, kind, audio: { storageKey, mimeType, bytes, durationSeconds } }: NewGreeting,
): Promise<string | undefined> {
  const { db, tenantId, now } = change;
  const before = await deleteGreeting(change, userId, kind);
  const recordingId = randomUUID();
  await db.recording.create({
    data: { id: recordingId, tenantId, storageKey, mimeType, bytes, durationSeconds, createdAt: now },
  });
  await db.greeting.create({ data: { tenantId, userId, kind, recordingId, createdAt: now } });
  return before;
}

/** Delete a greeting with its recording's row and return the storage key of the audio. Undefined: there was none. */
export async function deleteGreeting(
  { db, tenantId }: Change,
  userId: UserId,
  kind: GreetingKind,
): Promise<string | undefined> {
  // The lock serialises concurrent changes of a greeting, so that the second sees the first.
  await db.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
  const [row] = await db.$queryRaw<{ recordingId: string }[]>`
    DELETE FROM "Greeting" WHERE "tenantId" = ${tenantId}::uuid AND "userId" = ${userId}::uuid AND kind = ${kind}
    RETURNING "recordingId"`;
  if (!row) return undefined;
  const { storageKey } = await db.recording.delete({ where: { id: row.recordingId }, select: { storageKey: true } });
  return storageKey;
}
