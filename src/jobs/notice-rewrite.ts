import { rewriteNotice } from '../core/notices/show-at-once.js';
import { defineJob } from './define.js';

export const noticeRewriteJob = defineJob({
  name: 'notice.rewrite',
  attempts: 6,
  retrySeconds: 1,
  run: (deps, posted) => rewriteNotice(deps, posted),
});
