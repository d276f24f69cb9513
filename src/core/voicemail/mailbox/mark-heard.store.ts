import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { LinkActor, PersonActor } from '../../chat/actor.js';
import type { UserId } from '../../ids.js';

/** Record that the message was played. False: no such message with audio in this mailbox. */
export async function insertListen(
  { db, tenantId, now }: Change,
  actor: PersonActor | LinkActor,
  id: string,
): Promise<boolean> {
  const impersonatorId = actor.kind === 'impersonating' ? actor.impersonatorId : null;
  const linkOfId = actor.kind === 'link' ? actor.linkOfId : null;
  const inserted = await db.$executeRaw`
    INSERT INTO "Listen" (id, "tenantId", "voicemailId", "userId", "impersonatorId", "linkOfId", at)
    SELECT ${randomUUID()}::uuid, "tenantId", id, CASE WHEN ${linkOfId}::uuid IS NULL THEN "userId" END,
      ${impersonatorId}::uuid, ${linkOfId}::uuid, ${now}
    FROM "Voicemail"
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND "userId" = ${ownerOf(actor)}::uuid
      AND "deletedAt" IS NULL`;
  return inserted > 0;
}

/** Return the owner of the mailbox whose message this actor plays. */
export const ownerOf = (actor: PersonActor | LinkActor): UserId =>
  actor.kind === 'link' ? actor.ownerId : actor.userId;

/** Mark the message as heard. False: it was heard already. */
export async function setHeard({ db, tenantId, now }: Change, userId: string, id: string): Promise<boolean> {
  const { count } = await db.voicemail.updateMany({
    where: { id, tenantId, userId, heardAt: null },
    data: { heardAt: now },
  });
  return count > 0;
}
