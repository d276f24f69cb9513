import { deleteWorkspace, findWorkspaceTenant } from '../../accounts/linking.js';
import { forgetToken } from '../../accounts/workspace-credentials.js';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { deleteMembers } from './forget-workspace.store.js';

/**
 * Forget a workspace that uninstalled Attendant or revoked its token: the token, the workspace's place in its company,
 * its member list and the links to its accounts. People, messages and the record stay. Idempotent.
 */
export async function forgetWorkspace(deps: Deps, platform: string, externalWorkspaceId: string): Promise<void> {
  await forgetToken(deps, { platform, externalWorkspaceId });
  const tenantId = await findWorkspaceTenant(deps.db, platform, externalWorkspaceId);
  if (tenantId === undefined) return;
  await change(deps, installationActor(tenantId, 'chat'), async (change) => {
    await deleteMembers(change, platform, externalWorkspaceId);
    await deleteWorkspace(change, platform, externalWorkspaceId);
  });
}
