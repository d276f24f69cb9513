import type { Change } from '../change.js';
import { retell, tell } from '../notices/notice.js';
import { findAdmins } from '../users/people.js';
import { insertReport } from './report.store.js';

export { findReports } from './report.store.js';

/** Tells admins of everybody they were not told of yet, in one card: who is new and who left. Nobody: no card. */
export async function reportChanges(change: Change): Promise<void> {
  const reportId = await insertReport(change);
  if (reportId === undefined) return;
  for (const userId of await findAdmins(change.db, change.tenantId))
    await tell(change, { kind: 'members.changed', subjectId: reportId, userId });
}

/** What these reports say is no longer so: every admin's card shows it. */
export async function retellReports(change: Change, reportIds: readonly string[]): Promise<void> {
  if (reportIds.length === 0) return;
  const admins = await findAdmins(change.db, change.tenantId);
  for (const subjectId of reportIds)
    for (const userId of admins) await retell(change, { kind: 'members.changed', subjectId, userId });
}
