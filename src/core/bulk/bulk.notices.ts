import { defineNotice } from '../notices/define-notice.js';
import { findTenantOf } from '../people/index.js';
import { runCard } from './bulk.views.js';
import { shownRun } from './shown-run.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'bulk.import': true;
  }
}

/** To the admin who sent a file by chat: what would come of it, and then what came of it. */
export const importNotice = defineNotice({
  kind: 'bulk.import',
  async card(deps, { subjectId, userId }, reader) {
    const tenantId = await findTenantOf(deps.db, userId);
    return tenantId && runCard(reader, await shownRun(deps, tenantId, subjectId));
  },
});
