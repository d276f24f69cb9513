import { installationActor } from '../core/chat/actor.js';
import { listTrouble } from '../core/members/members.views.js';
import { workspacesOf } from '../core/members/report/list-members.js';
import { refreshMembers, requestListRefresh } from '../core/members/sync/refresh-workspace-members.js';
import { print, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

/** `attendant members`. */
export async function printMembers({
  refresh,
  tenant,
  json,
}: {
  refresh: boolean;
  tenant?: string;
  json: boolean;
}): Promise<void> {
  const rows = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, tenant);
    const workspaces = await workspacesOf(deps, tenantId);
    if (!refresh) return workspaces;
    for (const { id, source } of workspaces) {
      if (!source) continue;
      await requestListRefresh(deps, installationActor(tenantId, 'cli'), id, false);
      await refreshMembers(deps, id);
    }
    return workspacesOf(deps, tenantId);
  });
  if (rows.length === 0 && !json) return print('No workspace is connected with the company yet.');
  printTable(
    rows.map((one) => ({
      platform: one.name,
      workspace: one.externalWorkspaceId,
      members: one.present,
      linked: one.linked,
      new: one.newcomers,
      'no e-mail': one.withoutEmail,
      left: one.left,
      read: one.readAt?.toISOString() ?? 'never',
      problem: listTrouble({ locale: 'en', timeZone: 'UTC', now: new Date() }, one) ?? '',
    })),
    {
      columns: ['platform', 'workspace', 'members', 'linked', 'new', 'no e-mail', 'left', 'read', 'problem'],
      json,
    },
  );
}
