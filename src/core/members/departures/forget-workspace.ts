import { deleteWorkspace, findWorkspaceTenant } from '../../accounts/linking.js';
import { forgetToken, type WorkspaceKey } from '../../accounts/workspace-credentials.js';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { deleteMembers } from './forget-workspace.store.js';

/**
 * Forget a workspace that uninstalled Attendant or revoked its token: the token, the workspace's place in its company,
 * its member list and the links to its accounts. People, messages and the record stay. Returns false, and changes nothing,
 * if it installed Attendant again since `removedAt`: platforms repeat an event for minutes. Idempotent.
 */
export async function forgetWorkspace(deps: Deps, workspace: WorkspaceKey, removedAt: Date): Promise<boolean> {
  const { platform, externalWorkspaceId } = workspace;
  if (!(await forgetToken(deps, workspace, removedAt))) return false;
  const tenantId = await findWorkspaceTenant(deps.db, platform, externalWorkspaceId);
  if (tenantId === undefined) return true;
  await change(deps, installationActor(tenantId, 'chat'), async (change) => {
    await deleteMembers(change, platform, externalWorkspaceId);
    await deleteWorkspace(change, platform, externalWorkspaceId);
  });
  return true;
}
