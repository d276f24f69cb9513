import type { Change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Db } from '../../deps.js';
import { hasAccess, mayActAs } from '../../people/sql.js';
import type { WorkStatus } from '../../tasks/work-status.js';

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
): Promise<{ note: string } | undefined> {
  const forward = await db.forward.findFirst({
    where: { voicemailId, toUserId, status: { in: ['waiting', 'done'] } },
    select: { note: true },
  });
  return forward ?? undefined;
}

/** Insert a forward that waits for its task, with its audit line. */
export async function insertForward(
  { db, tenantId, now }: Change,
  actor: PersonActor,
  forward: { readonly id: string; readonly voicemailId: string; readonly toUserId: string; readonly note: string },
): Promise<void> {
  await db.forward.create({
    data: {
      ...forward,
      tenantId,
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
}

/** Return a forward; undefined: there is none with this id. */
export async function findForward(db: Db, id: string): Promise<FoundForward | undefined> {
  const [row] = await db.$queryRaw<FoundForward[]>`
    SELECT f."tenantId", f."voicemailId", f."byUserId", f."toUserId", f.status,
      COALESCE(${hasAccess('u')}, false) AND ${hasAccess('by')} AND t.enabled AND t.edition = 'attendant_plus'
        AND (f."impersonatorId" IS NULL OR (admin.id IS NOT NULL AND ${mayActAs('admin', 'by', 't')})) AS possible
    FROM "Forward" f
    JOIN "Tenant" t ON t.id = f."tenantId"
    JOIN "User" by ON by.id = f."byUserId"
    LEFT JOIN "User" admin ON admin.id = f."impersonatorId"
    LEFT JOIN "User" u ON u.id = f."toUserId" AND u."tenantId" = f."tenantId"
    WHERE f.id = ${id}::uuid`;
  return row;
}

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
 * Insert the copy, unheard, with the original's audio, transcript and time. A message that was deleted since is still
 * copied if its audio is there: the request came first. The forward then names the copy. False: the audio is gone.
 */
export async function insertCopy(
  { db, now }: Change,
  { copyId, forwardId }: { copyId: string; forwardId: string },
): Promise<boolean> {
  // Held against a purge that would take the audio away under our hands, and against a transcript that is being saved: only
  // the next statement sees it.
  await db.$queryRaw`
    SELECT FROM "Recording" r JOIN "Voicemail" v ON v."recordingId" = r.id JOIN "Forward" f ON f."voicemailId" = v.id
    WHERE f.id = ${forwardId}::uuid FOR KEY SHARE OF r`;
  const named = await db.$executeRaw`
    WITH copy AS (INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
      urgent, "durationSeconds", "recordingId", transcript, "forwardOfId", "forwardedById", "forwardNote", "createdAt")
    SELECT ${copyId}::uuid, v."tenantId", f."toUserId", 'forward:' || f.id, v."callId", v.ani, v."callerName",
      v."receivedAt", v.urgent, v."durationSeconds", r.id, v.transcript, v.id, f."byUserId", f.note, ${now}
    FROM "Forward" f
    JOIN "Voicemail" v ON v.id = f."voicemailId"
    JOIN "Recording" r ON r.id = v."recordingId"
    WHERE f.id = ${forwardId}::uuid
    RETURNING id)
    UPDATE "Forward" SET "copyId" = copy.id FROM copy WHERE "Forward".id = ${forwardId}::uuid`;
  return named > 0;
}
