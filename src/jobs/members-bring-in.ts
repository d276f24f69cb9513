import { makeUsers } from '../core/members/bring-in.js';
import { defineJob } from './define.js';

/** What is left undone waits in its rows for the next try, or for the sweep. */
export const membersBringInJob = defineJob({
  name: 'members.bring-in',
  attempts: 5,
  retrySeconds: 5,
  run: async (deps, { bringInId }) => void (await makeUsers(deps, bringInId)),
});
