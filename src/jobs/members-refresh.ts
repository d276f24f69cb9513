import { refreshMembers } from '../core/members/refresh.js';
import { defineJob } from './define.js';

/** The row says when to try again, so a try that fails is not repeated here; the sweep finds it when it is due. */
export const membersRefreshJob = defineJob({
  name: 'members.refresh',
  attempts: 1,
  retrySeconds: 1,
  run: (deps, { listId }) => refreshMembers(deps, listId),
});
