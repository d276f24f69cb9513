import { lookAtMember } from '../core/members/look.js';
import { defineJob } from './define.js';

/** As the lists have it: the row says when again. */
export const membersLookJob = defineJob({
  name: 'members.look',
  attempts: 1,
  retrySeconds: 1,
  run: (deps, { memberId }) => lookAtMember(deps, memberId),
});
