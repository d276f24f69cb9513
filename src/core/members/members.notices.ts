import type { NoticeCard } from '../notices/notice.js';
import { findTenantOf } from '../users/people.js';
import { leaversPage, platformName } from './members.js';
import { leaversCard } from './people.views.js';

/** To admins: who is new, and who left and still has access. */
export const membersChanged: NoticeCard = async (deps, { subjectId, userId }, reader) => {
  const tenantId = await findTenantOf(deps.db, userId);
  const page = tenantId && (await leaversPage(deps, tenantId, { reportId: subjectId, page: 1 }));
  return page && leaversCard(reader, platformName(deps), page);
};
