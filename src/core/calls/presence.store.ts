import type { Change } from '../change.js';
import { as, type UserId } from '../ids.js';

export type Presence = 'available' | 'busy' | 'signed-out';

/** Whoever has this agent id, locked, so that two pushes come one after the other. */
export async function findAgent(
  { db, tenantId }: Change,
  agentId: string,
): Promise<{ readonly id: UserId; readonly presence: string } | undefined> {
  const [agent] = await db.$queryRaw<{ id: string; presence: string }[]>`
    SELECT id, presence FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND "agentId" = ${agentId} FOR NO KEY UPDATE`;
  return agent && { id: as<UserId>(agent.id), presence: agent.presence };
}

/** False: what is known is as new or newer. Leaves `updatedAt` alone: the person is who they were. */
export async function markPresence({ db }: Change, id: UserId, presence: Presence, at: Date): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE "User" SET presence = ${presence}, "presenceAt" = ${at}
    WHERE id = ${id}::uuid AND ("presenceAt" IS NULL OR "presenceAt" < ${at})`;
  return count > 0;
}
