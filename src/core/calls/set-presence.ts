import { type Change, change } from '../change.js';
import { installationActor, type PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { findAgent, type KnownAgent, type Presence, savePresence } from './presence.store.js';

/**
 * Record an agent's presence, as the contact centre pushes it. A push older than the stored one is ignored, and an
 * instant in the future counts as now. Throws UserError (404) if nobody has this agent id.
 */
export async function setPresence(
  deps: Deps,
  tenantId: TenantId,
  { agentId, state, at }: { readonly agentId: string; readonly state: Presence; readonly at?: Date },
): Promise<void> {
  await change(deps, installationActor(tenantId, 'api'), async (change) => {
    const agent = await findAgent(change, { agentId });
    if (!agent) throw new UserError((words) => words.calls.unknownAgent, 404);
    await note(change, agent, state, at !== undefined && at < change.now ? at : change.now);
  });
}

/** Record the presence that an agent sets in chat. Throws UserError (422) for a person who is no agent. */
export async function setOwnPresence(deps: Deps, actor: PersonActor, state: Presence): Promise<void> {
  await change(deps, actor, async (change) => {
    const agent = await findAgent(change, { userId: actor.userId });
    if (!agent) throw new UserError((words) => words.calls.presence.noAgent, 422);
    await note(change, agent, state, change.now);
  });
}

/** Return whether this person is an agent, whose phone rings by their presence. */
export const isAgent = async ({ db }: Deps, tenantId: TenantId, userId: UserId): Promise<boolean> =>
  (await db.user.count({ where: { tenantId, id: userId, agentId: { not: null } } })) > 0;

async function note(change: Change, agent: KnownAgent, state: Presence, since: Date): Promise<void> {
  if (!(await savePresence(change, agent.id, state, since))) return;
  // An unchanged presence only renews its instant, and is no change.
  if (agent.state === state) return;
  change.record({
    event: 'user.presence-set',
    subjectId: agent.id,
    before: { presence: agent.state },
    after: { presence: state },
  });
  change.touch(agent.id);
}
