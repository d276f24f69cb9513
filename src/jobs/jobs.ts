import type { Jobs } from './define.js';
import { impersonationEnd } from './impersonation-end.js';
import { noticePostJob } from './notice-post.js';
import { sweepJob } from './sweep.js';
import { voicemailExportJob } from './voicemail-export.js';
import { voicemailForwardJob } from './voicemail-forward.js';
import { voicemailPurgeJob } from './voicemail-purge.js';

/** Which job does which task: one line for each file of this folder. */
export const jobs: Jobs = {
  'impersonation.end': impersonationEnd,
  'notice.post': noticePostJob,
  'voicemail.forward': voicemailForwardJob,
  'voicemail.export': voicemailExportJob,
  'voicemail.purge': voicemailPurgeJob,
  sweep: sweepJob,
};
