import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Clock, Db } from '../../deps.js';
import type { TenantId, VoicemailId } from '../../ids.js';
import { sql } from '../../settings/sql.js';
import {
  databaseNow,
  endLease,
  heldBy,
  isFree,
  type Lease,
  secondsFromNow,
  takeLease,
} from '../../tasks/lease.store.js';

/** The states of a transcription that has a row. */
export const transcriptionStatuses = ['waiting', 'failed'] as const;

/** The owner’s gate, in queries that name the rows so. */
const isAllowed = sql('transcripts', { user: 'u', tenant: 't' });

/**
 * A statement, or part of one: transcriptions that are due now, one for each row of `from` ("transcriptionId",
 * "recordingId", and the mailbox’s owner "userId") whose owner’s gate is open.
 */
export const newTranscriptions = (tenantId: TenantId, now: Date, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO "Transcription" (id, "tenantId", "recordingId", "dueAt", "createdAt")
  SELECT spoken."transcriptionId", t.id, spoken."recordingId", ${now}, ${now}
  FROM (SELECT * FROM ${from}) AS spoken JOIN "User" u ON u.id = spoken."userId" JOIN "Tenant" t ON t.id = ${tenantId}::uuid
  WHERE ${isAllowed}`;

/** Have the new audio of a copy written down if the original's still waits for that: no text will come from the original. */
export async function inheritTranscription(
  { db, tenantId, now }: Change,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Transcription" (id, "tenantId", "recordingId", "dueAt", "createdAt")
    SELECT gen_random_uuid(), ${tenantId}::uuid, ${to}::uuid, ${now}, ${now} FROM "Transcription"
    WHERE "tenantId" = ${tenantId}::uuid AND "recordingId" = ${from}::uuid AND status = 'waiting'`;
}

/** A transcription that this process holds. */
export interface ClaimedTranscription extends Lease {
  readonly tenantId: TenantId;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly storageKey: string;
  readonly mimeType: string;
  readonly durationSeconds: number;
  /** The language in which the caller was spoken to; null: the message came without a call. */
  readonly language: string | null;
  /** `deleted`: it may be restored. `no`: nobody who has it may have a transcript any more. */
  readonly wanted: 'yes' | 'deleted' | 'no';
}

/** A row that was postponed before its first attempt need not wait for its time. */
const mayBegin = (clock: Clock): Prisma.Sql => Prisma.sql`(attempts = 0 OR "dueAt" <= ${databaseNow(clock)})`;

/** Claim a transcription that no worker holds and that is due. */
export async function claimTranscription(db: Db, clock: Clock, id: string): Promise<ClaimedTranscription | undefined> {
  const [row] = await db.$queryRaw<ClaimedTranscription[]>`
    WITH claimed AS (
      UPDATE "Transcription" SET ${takeLease(clock, 'Transcription')}
      WHERE id = ${id}::uuid AND status = 'waiting' AND ${isFree(clock)} AND ${mayBegin(clock)}
      RETURNING *
    )
    SELECT claimed.id, claimed."claimedAt", claimed."tenantId", claimed.attempts, claimed."createdAt",
      r."storageKey", r."mimeType", r."durationSeconds",
      (SELECT c.language FROM "Voicemail" v JOIN "Call" c ON c."tenantId" = v."tenantId" AND c."callId" = v."callId"
        WHERE v."tenantId" = r."tenantId" AND v."recordingId" = r.id LIMIT 1) AS language,
      COALESCE((SELECT CASE WHEN bool_or(v."deletedAt" IS NULL) THEN 'yes' ELSE 'deleted' END
        FROM "Voicemail" v JOIN "User" u ON u.id = v."userId" JOIN "Tenant" t ON t.id = v."tenantId"
        WHERE v."tenantId" = r."tenantId" AND v."recordingId" = r.id AND t.enabled AND ${isAllowed}
        HAVING count(*) > 0), 'no') AS wanted
    FROM claimed JOIN "Recording" r ON r.id = claimed."recordingId"`;
  return row;
}

/**
 * Put off a transcription that cannot be begun, or give it up when it is older than `mostSeconds`. No-op while it is held,
 * or not due.
 */
export async function postpone(
  db: Db,
  clock: Clock,
  id: string,
  { seconds, mostSeconds }: { readonly seconds: number; readonly mostSeconds: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Transcription" SET "dueAt" = ${secondsFromNow(clock, seconds)}, "claimedAt" = NULL,
      status = CASE WHEN "createdAt" < ${secondsFromNow(clock, -mostSeconds)} THEN 'failed' ELSE status END
    WHERE id = ${id}::uuid AND status = 'waiting' AND ${isFree(clock)} AND "dueAt" <= ${databaseNow(clock)}`;
}

/** Return the transcription that has waited longest and may begin. */
export async function findNextTranscription(db: Db, clock: Clock): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Transcription" WHERE status = 'waiting' AND "claimedAt" IS NULL AND ${mayBegin(clock)}
    ORDER BY "dueAt" LIMIT 1`;
  return row?.id;
}

/** Release the transcription for another attempt. */
export async function releaseTranscription(db: Db, clock: Clock, held: Lease, dueInSeconds: number): Promise<void> {
  await endLease(db, clock, 'Transcription', held, dueInSeconds);
}

/** Mark the transcription as failed: the message stays without. */
export async function failTranscription(db: Db, held: Lease): Promise<void> {
  await db.$executeRaw`UPDATE "Transcription" SET status = 'failed', "claimedAt" = NULL WHERE ${heldBy(held)}`;
}

/** Remove a transcription that leaves no text. */
export async function endTranscription(db: Db, held: Lease): Promise<void> {
  await db.$executeRaw`DELETE FROM "Transcription" WHERE ${heldBy(held)}`;
}

/**
 * Save the text on each message with this recording whose owner’s gate is open, forwarded copies too, and return their
 * ids. Undefined: the lease was lost, and its new holder saves it.
 */
export async function saveTranscript(
  { db }: Change,
  held: Lease,
  text: string,
): Promise<readonly VoicemailId[] | undefined> {
  // Messages first, then the recording, then its transcription: a purge locks them in this order too.
  await db.$queryRaw`
    SELECT FROM "Voicemail" WHERE ("tenantId", "recordingId") IN (
      SELECT "tenantId", "recordingId" FROM "Transcription" WHERE ${heldBy(held)})
    ORDER BY id FOR NO KEY UPDATE`;
  // A forward that is being copied has read that there is no text: wait until its copy can be seen.
  await db.$queryRaw`
    SELECT FROM "Recording" WHERE id IN (SELECT "recordingId" FROM "Transcription" WHERE ${heldBy(held)}) FOR UPDATE`;
  const [ended] = await db.$queryRaw<{ tenantId: string; recordingId: string }[]>`
    DELETE FROM "Transcription" WHERE ${heldBy(held)} RETURNING "tenantId", "recordingId"`;
  if (!ended) return undefined;
  const rows = await db.$queryRaw<{ id: VoicemailId }[]>`
    UPDATE "Voicemail" v SET transcript = ${text}
    FROM "User" u, "Tenant" t
    WHERE v."tenantId" = ${ended.tenantId}::uuid AND v."recordingId" = ${ended.recordingId}::uuid
      AND v.transcript IS NULL AND v."purgedAt" IS NULL
      AND u.id = v."userId" AND t.id = v."tenantId" AND ${isAllowed}
    RETURNING v.id`;
  return rows.map(({ id }) => id);
}

/** For the metrics. */
export interface TranscriptionCounts {
  readonly waiting: number;
  readonly failed: number;
}

/** Return how many messages wait for a transcript, and how many of those that are kept stayed without. */
export async function countTranscriptions(db: Db): Promise<TranscriptionCounts> {
  const rows = await db.transcription.groupBy({ by: ['status'], _count: true });
  const of = (status: string) => rows.find((row) => row.status === status)?._count ?? 0;
  return { waiting: of('waiting'), failed: of('failed') };
}
