import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import { as, type UserId } from '../ids.js';

/** What a contact centre says of an agent. */
export const presences = ['available', 'busy', 'signed-out'] as const;
export type Presence = (typeof presences)[number];

/** An agent, with the presence that is known. */
export interface KnownAgent {
  readonly id: UserId;
  readonly state: string;
}

/**
 * The person with this agent id, or this agent by their own id, and their presence, which stays locked until the commit, so that two pushes come one after
 * the other. The row of the person is not locked: a push waits for no change of them. No presence yet: signed out.
 */
export async function findAgent(
  { db, tenantId }: Change,
  wanted: { readonly agentId: string } | { readonly userId: UserId },
): Promise<KnownAgent | undefined> {
  const isWanted =
    'agentId' in wanted ? Prisma.sql`u."agentId" = ${wanted.agentId}` : Prisma.sql`u.id = ${wanted.userId}::uuid`;
  const [agent] = await db.$queryRaw<{ id: string; state: string | null }[]>`
    SELECT u.id, (SELECT state FROM "Presence" WHERE "userId" = u.id FOR UPDATE) AS state
    FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND u."agentId" IS NOT NULL AND ${isWanted}`;
  return agent && { id: as<UserId>(agent.id), state: agent.state ?? 'signed-out' };
}

/** False: what is known is as new or newer. */
export async function savePresence({ db, tenantId }: Change, id: UserId, state: Presence, at: Date): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO "Presence" ("userId", "tenantId", state, at) VALUES (${id}::uuid, ${tenantId}::uuid, ${state}, ${at})
    ON CONFLICT ("userId") DO UPDATE SET state = EXCLUDED.state, at = EXCLUDED.at WHERE "Presence".at < EXCLUDED.at`;
  return count > 0;
}
