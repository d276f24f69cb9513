import { makeUsers } from '../core/members/bring-in.js';
import { defineJob } from './define.js';

/** The row says when to try again, and when it is given up; the sweep finds it when it is due. */
export const membersBringInJob = defineJob({
  name: 'members.bring-in',
  attempts: 1,
  retrySeconds: 1,
  run: async (deps, { bringInId }) => void (await makeUsers(deps, bringInId)),
});
