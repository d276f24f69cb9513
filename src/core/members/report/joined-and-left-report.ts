import type { Change } from '../../change.js';
import type { Deps } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { raiseNoticeFor, updateNoticesAbout } from '../../notices/notice.js';
import { findAdmins } from '../../people/index.js';
import { addToReport, closeReport, openReport } from './joined-and-left-report.store.js';

export { findReports } from './joined-and-left-report.store.js';

const atOnce = 5_000;

/**
 * Gather everybody of whom admins were not told yet into one report, some at a time: at a first reading that is the
 * whole company, too many for one transaction. `onPortion` is called between portions, and may stop it by rejecting.
 */
export async function gatherReport(
  deps: Deps,
  { id: listId, tenantId }: { readonly id: string; readonly tenantId: TenantId },
  onPortion: () => Promise<void>,
): Promise<string> {
  const reportId = await openReport(deps.db, listId);
  while ((await addToReport(deps.db, tenantId, reportId, atOnce)) > 0) await onPortion();
  return reportId;
}

/** Tell admins of everybody in a report, in one card: who is new and who left. An empty report makes no card. */
export async function tellReport(change: Change, listId: string, reportId: string): Promise<void> {
  if (!(await closeReport(change, listId, reportId))) return;
  for (const userId of await findAdmins(change.db, change.tenantId))
    await raiseNoticeFor(change, { kind: 'members.changed', subjectId: reportId, userId });
}

/** Update every admin's card of these reports, whose content has changed. */
export async function retellReports(change: Change, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  await updateNoticesAbout(change, 'members.changed', reportIds);
  for (const userId of await findAdmins(change.db, change.tenantId)) change.touch(userId);
}
