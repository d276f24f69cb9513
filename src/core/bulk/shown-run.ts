import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { ShownRun } from './bulk.views.js';
import { firstResults, mayRevert, runOf } from './import-users.js';

const mostProblems = 5;

/** A run as its card shows it. Refuses (UserError) where there is none. */
export async function shownRun(deps: Deps, tenantId: TenantId, id: string, most = mostProblems): Promise<ShownRun> {
  const run = await runOf(deps, tenantId, id);
  const only = run.status === 'reverted' ? 'kept' : 'refused';
  return {
    run,
    problems: await firstResults(deps, run, only, most),
    mayRevert: mayRevert(deps, run),
    url: `${importPage(deps)}/${run.id}`,
  };
}

/** The page of all imports. */
export const importPage = ({ publicUrl }: Deps): string => `${publicUrl}/admin/import`;
