import { change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId } from '../ids.js';
import { findAgent, type Presence, savePresence } from './presence.store.js';

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
    const agent = await findAgent(change, agentId);
    if (!agent) throw new UserError((words) => words.calls.unknownAgent, 404);
    const since = at !== undefined && at < change.now ? at : change.now;
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
  });
}
