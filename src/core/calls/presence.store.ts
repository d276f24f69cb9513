import type { Change } from '../change.js';
import { asId, type UserId } from '../ids.js';

/** The presence of an agent in a contact centre. */
export const presences = ['available', 'busy', 'signed-out'] as const;
/** The presence of an agent in a contact centre. */
export type Presence = (typeof presences)[number];

/**
 * Return the person with this agent id and their presence, locked until the commit, so that two pushes are serialised.
 * The person's own row is not locked: a push waits for no other change of the person. No presence yet: signed out.
 */
export async function findAgent(
  { db, tenantId }: Change,
  agentId: string,
): Promise<{ readonly id: UserId; readonly state: string } | undefined> {
  const [agent] = await db.$queryRaw<{ id: string; state: string | null }[]>`
    SELECT u.id, (SELECT state FROM "Presence" WHERE "userId" = u.id FOR UPDATE) AS state
    FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND u."agentId" = ${agentId}`;
  return agent && { id: asId<UserId>(agent.id), state: agent.state ?? 'signed-out' };
}

/** Save an agent's presence. False: the stored presence is as new or newer. */
export async function savePresence({ db, tenantId }: Change, id: UserId, state: Presence, at: Date): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO "Presence" ("userId", "tenantId", state, at) VALUES (${id}::uuid, ${tenantId}::uuid, ${state}, ${at})
    ON CONFLICT ("userId") DO UPDATE SET state = EXCLUDED.state, at = EXCLUDED.at WHERE "Presence".at < EXCLUDED.at`;
  return count > 0;
}
