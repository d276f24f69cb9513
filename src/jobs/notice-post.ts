import { as, type NoticeId } from '../core/ids.js';
import { postNotice } from '../core/notices/post-notice.js';
import { defineJob } from './define.js';

/** Twelve tries in about an hour: as long as a chat platform is usually away. */
export const noticePostJob = defineJob({
  name: 'notice.post',
  attempts: 12,
  retrySeconds: 1,
  mostInOneJob: 10,
  run: (deps, { noticeId }) => postNotice(deps, as<NoticeId>(noticeId)),
});
