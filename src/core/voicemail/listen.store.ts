import { randomUUID } from 'node:crypto';
import type { Change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';

/** False: no such message with audio in this mailbox. */
export async function insertListen({ db, tenantId, now }: Change, actor: PersonActor, id: string): Promise<boolean> {
  const impersonatorId = actor.kind === 'impersonating' ? actor.impersonatorId : null;
  const inserted = await db.$executeRaw`
    INSERT INTO "Listen" (id, "tenantId", "voicemailId", "userId", "impersonatorId", at)
    SELECT ${randomUUID()}::uuid, "tenantId", id, "userId", ${impersonatorId}::uuid, ${now}
    FROM "Voicemail"
    WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid AND "userId" = ${actor.userId}::uuid
      AND "deletedAt" IS NULL`;
  return inserted > 0;
}

/** False: it was heard already. */
export async function setHeard({ db, tenantId, now }: Change, userId: string, id: string): Promise<boolean> {
  const { count } = await db.voicemail.updateMany({
    where: { id, tenantId, userId, heardAt: null },
    data: { heardAt: now },
  });
  return count > 0;
}
