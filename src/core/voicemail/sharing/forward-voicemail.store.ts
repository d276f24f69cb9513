import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Db } from '../../deps.js';
import { hasAccess, mayActAs } from '../../people/sql.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import type { StoredAudio } from '../ports.js';
import { inheritTranscription } from '../transcripts/transcription.store.js';
import type { TimedAudio } from './spoken-note.js';

/**
 * Return the recipient's access, hidden or not: the sender has chosen them by name. Undefined: not in this company.
 */
export async function findRecipient(db: Db, tenantId: string, id: string): Promise<{ access: string } | undefined> {
  const user = await db.user.findFirst({ where: { id, tenantId }, select: { access: true } });
  return user ?? undefined;
}

/** Return the forward that has copied, or will copy, this message to the recipient. */
export async function findForwardTo(
  { db }: Change,
  voicemailId: string,
  toUserId: string,
): Promise<AskedForward | undefined> {
  const forward = await db.forward.findFirst({
    where: { voicemailId, toUserId, status: { in: ['waiting', 'done'] } },
    select: { note: true, noteSeconds: true, noteRecording: { select: { storageKey: true } } },
  });
  if (!forward) return undefined;
  const { note, noteSeconds, noteRecording } = forward;
  return { note, hasSpokenNote: noteSeconds !== null, noteKey: noteRecording?.storageKey };
}

/** What was asked to be sent with a message. */
interface AskedForward {
  readonly note: string;
  readonly hasSpokenNote: boolean;
  /** The storage key of the spoken note; undefined: there is none, or it is joined. */
  readonly noteKey: string | undefined;
}

/** Insert a forward that waits for its task, with its audit line. */
export async function insertForward(
  { db, tenantId, now }: Change,
  actor: PersonActor,
  {
    spokenNote,
    ...forward
  }: {
    readonly id: string;
    readonly voicemailId: string;
    readonly toUserId: string;
    readonly note: string;
    readonly spokenNote: TimedAudio | undefined;
  },
): Promise<void> {
  const noteRecordingId = spokenNote && randomUUID();
  if (spokenNote && noteRecordingId !== undefined) {
    const { storageKey, mimeType, bytes, durationSeconds } = spokenNote;
    const audio = { storageKey, mimeType, bytes, durationSeconds };
    await db.recording.create({ data: { id: noteRecordingId, tenantId, ...audio, createdAt: now } });
  }
  await db.forward.create({
    data: {
      ...forward,
      tenantId,
      noteRecordingId: noteRecordingId ?? null,
      noteSeconds: spokenNote?.durationSeconds ?? null,
      byUserId: actor.userId,
      impersonatorId: actor.kind === 'impersonating' ? actor.impersonatorId : null,
      createdAt: now,
    },
  });
}

/** A forward with the facts that decide whether it can still be done. */
export interface FoundForward {
  readonly tenantId: string;
  readonly voicemailId: string;
  readonly byUserId: string;
  readonly toUserId: string;
  readonly status: WorkStatus;
  /** Both still have access, and an admin who requested it may still act as the owner. */
  readonly possible: boolean;
  /** The spoken note, and the message that it is to be joined with; undefined: none was spoken. */
  readonly spoken: { readonly note: StoredAudio; readonly message: StoredAudio } | undefined;
}

/** Return a forward; undefined: there is none with this id. */
export async function findForward(db: Db, id: string): Promise<FoundForward | undefined> {
  const [row] = await db.$queryRaw<(Omit<FoundForward, 'spoken'> & { spoken: FoundForward['spoken'] | null })[]>`
    SELECT f."tenantId", f."voicemailId", f."byUserId", f."toUserId", f.status,
      COALESCE(${hasAccess('u')}, false) AND ${hasAccess('by')} AND t.enabled AND t.edition = 'attendant_plus'
        AND (f."impersonatorId" IS NULL OR (admin.id IS NOT NULL AND ${mayActAs('admin', 'by', 't')})) AS possible,
      CASE WHEN note.id IS NULL THEN NULL ELSE json_build_object('note', ${audioOf('note')}, 'message', ${audioOf('r')}) END AS spoken
    FROM "Forward" f
    JOIN "Tenant" t ON t.id = f."tenantId"
    JOIN "User" by ON by.id = f."byUserId"
    LEFT JOIN "User" admin ON admin.id = f."impersonatorId"
    LEFT JOIN "User" u ON u.id = f."toUserId" AND u."tenantId" = f."tenantId"
    JOIN "Voicemail" v ON v.id = f."voicemailId"
    LEFT JOIN "Recording" r ON r.id = v."recordingId"
    LEFT JOIN "Recording" note ON note.id = f."noteRecordingId"
    WHERE f.id = ${id}::uuid`;
  return row && { ...row, spoken: row.spoken ?? undefined };
}

/** A recording as JSON, in queries that name its row so. */
const audioOf = (alias: 'note' | 'r'): Prisma.Sql =>
  Prisma.raw(
    `json_build_object('storageKey', ${alias}."storageKey", 'mimeType', ${alias}."mimeType", 'bytes', ${alias}.bytes)`,
  );

/** Mark the forward as done. False: it was settled already. */
export async function settleForward({ db, now }: Change, id: string): Promise<boolean> {
  const { count } = await db.forward.updateMany({
    where: { id, status: 'waiting' },
    data: { status: 'done', doneAt: now, attempts: { increment: 1 } },
  });
  return count > 0;
}

/** Mark the forward as failed. */
export async function failForward({ db }: Change, id: string): Promise<void> {
  await db.forward.update({ where: { id }, data: { status: 'failed' } });
}

/**
 * Delete the row of a forward's spoken note, which is joined or not needed any more, and return the storage key of its audio.
 * Undefined: there is none.
 */
export async function releaseNote({ db }: Change, id: string): Promise<string | undefined> {
  const forward = await db.forward.findUniqueOrThrow({ where: { id }, select: { noteRecordingId: true } });
  if (forward.noteRecordingId === null) return undefined;
  await db.forward.update({ where: { id }, data: { noteRecordingId: null } });
  const where = { id: forward.noteRecordingId };
  return (await db.recording.delete({ where, select: { storageKey: true } })).storageKey;
}

/**
 * Insert the copy, unheard, with the original's audio (or with `joined`, in which a note comes before it), transcript and
 * time. A message that was deleted since is still copied if its audio is there: the request came first. The forward then
 * names the copy. False: the audio is gone.
 */
export async function insertCopy(
  change: Change,
  { copyId, forwardId, joined }: { copyId: string; forwardId: string; joined: TimedAudio | undefined },
): Promise<boolean> {
  const { db, now } = change;
  // Held against a purge that would take the audio away under our hands, and against a transcript that is being saved: only
  // the next statement sees it.
  const [original] = await db.$queryRaw<{ recordingId: string }[]>`
    SELECT r.id AS "recordingId"
    FROM "Recording" r JOIN "Voicemail" v ON v."recordingId" = r.id JOIN "Forward" f ON f."voicemailId" = v.id
    WHERE f.id = ${forwardId}::uuid FOR KEY SHARE OF r`;
  if (!original) return false;
  const recordingId = joined ? await insertJoined(change, joined) : original.recordingId;
  await db.$executeRaw`
    WITH copy AS (INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
      urgent, "durationSeconds", "recordingId", transcript, "forwardOfId", "forwardedById", "forwardNote", "createdAt")
    SELECT ${copyId}::uuid, v."tenantId", f."toUserId", 'forward:' || f.id, v."callId", v.ani, v."callerName",
      v."receivedAt", v.urgent, COALESCE(${joined?.durationSeconds ?? null}::float8, v."durationSeconds"), ${recordingId}::uuid, v.transcript, v.id,
      f."byUserId", f.note, ${now}
    FROM "Forward" f
    JOIN "Voicemail" v ON v.id = f."voicemailId"
    WHERE f.id = ${forwardId}::uuid
    RETURNING id)
    UPDATE "Forward" SET "copyId" = copy.id FROM copy WHERE "Forward".id = ${forwardId}::uuid`;
  if (joined) await inheritTranscription(change, { from: original.recordingId, to: recordingId });
  return true;
}

async function insertJoined({ db, tenantId, now }: Change, joined: TimedAudio): Promise<string> {
  const { storageKey, mimeType, bytes, durationSeconds } = joined;
  const id = randomUUID();
  await db.recording.create({ data: { id, tenantId, storageKey, mimeType, bytes, durationSeconds, createdAt: now } });
  return id;
}
