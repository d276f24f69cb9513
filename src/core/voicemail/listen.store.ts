import { randomUUID } from 'node:crypto';
import type { Change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Db } from '../deps.js';
import type { Listened } from './listen.js';

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

/** Newest first. */
export async function findListens(db: Db, userId: string, id: string): Promise<Listened[]> {
  const rows = await db.$queryRaw<{ name: string; impersonator: string | null; at: Date }[]>`
    SELECT trim(u."firstName" || ' ' || u."lastName") AS name,
      trim(i."firstName" || ' ' || i."lastName") AS impersonator, l.at
    FROM "Listen" l
    JOIN "Voicemail" v ON v.id = l."voicemailId"
    JOIN "User" u ON u.id = l."userId"
    LEFT JOIN "User" i ON i.id = l."impersonatorId"
    WHERE v.id = ${id}::uuid AND v."userId" = ${userId}::uuid
    ORDER BY l.at DESC`;
  return rows.map(({ name, impersonator, at }) => ({ name, impersonator: impersonator ?? undefined, at }));
}
