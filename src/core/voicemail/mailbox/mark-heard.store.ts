import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { LinkActor, PersonActor } from '../../chat/actor.js';
import { mayRead } from './message-access.sql.js';

/** Record that the message was played. False: the actor has access to no such message with audio. */
export async function insertListen(
  { db, tenantId, now }: Change,
  actor: PersonActor | LinkActor,
  id: string,
): Promise<boolean> {
  const impersonatorId = actor.kind === 'impersonating' ? actor.impersonatorId : null;
  const linkOfId = actor.kind === 'link' ? actor.linkOfId : null;
  const listenerId = actor.kind === 'link' ? null : actor.userId;
  const reader = actor.kind === 'link' ? actor.ownerId : actor.userId;
  const inserted = await db.$executeRaw`
    INSERT INTO "Listen" (id, "tenantId", "voicemailId", "userId", "impersonatorId", "linkOfId", "byPhone", at)
    SELECT ${randomUUID()}::uuid, "tenantId", id, ${listenerId}::uuid, ${impersonatorId}::uuid, ${linkOfId}::uuid,
      ${actor.via === 'phone'}, ${now}
    FROM "Voicemail" v
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND ${mayRead('v', Prisma.sql`${reader}::uuid`, now)}
      AND "deletedAt" IS NULL`;
  return inserted > 0;
}

/** Mark the message as heard. False: it was heard already. */
export async function setHeard({ db, tenantId, now }: Change, id: string): Promise<boolean> {
  const { count } = await db.voicemail.updateMany({ where: { id, tenantId, heardAt: null }, data: { heardAt: now } });
  return count > 0;
}
