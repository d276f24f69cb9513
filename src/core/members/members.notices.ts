import { defineNotice } from '../notices/define-notice.js';
import { findTenantOf } from '../people/index.js';
import { bringInFailedCard, leaversCard } from './member-cards.views.js';
import { countNotBroughtIn, leaversPage, platformName } from './report/list-members.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'members.changed': true;
    'members.bring-in-failed': true;
  }
}

/** To admins: who is new in a workspace, and who left and still has access. */
export const membersChanged = defineNotice({
  kind: 'members.changed',
  async card(deps, { subjectId, userId }, reader) {
    const tenantId = await findTenantOf(deps.db, userId);
    const page = tenantId && (await leaversPage(deps, tenantId, { reportId: subjectId, page: 1 }));
    return page && leaversCard(reader, platformName(deps), page);
  },
});

/** To the admin who asked: how many of the new people could not be brought in. */
export const bringInFailed = defineNotice({
  kind: 'members.bring-in-failed',
  async card(deps, { userId }, { locale }) {
    const tenantId = await findTenantOf(deps.db, userId);
    return tenantId && bringInFailedCard(locale, await countNotBroughtIn(deps.db, tenantId));
  },
});
