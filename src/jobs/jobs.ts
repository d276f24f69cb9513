import type { Jobs } from './define.js';
import { impersonationEnd } from './impersonation-end.js';
import { membersBringInJob } from './members-bring-in.js';
import { membersLookJob } from './members-look.js';
import { membersRefreshJob } from './members-refresh.js';
import { noticeAudioJob } from './notice-audio.js';
import { noticePostJob } from './notice-post.js';
import { noticeRewriteJob } from './notice-rewrite.js';
import { recordingsSweepJob } from './recordings-sweep.js';
import { requestsFinishJob } from './requests-finish.js';
import { sweepJob } from './sweep.js';
import { voicemailExportJob } from './voicemail-export.js';
import { voicemailFetchJob } from './voicemail-fetch.js';
import { voicemailForwardJob } from './voicemail-forward.js';
import { voicemailPurgeJob } from './voicemail-purge.js';

/** Which job does which task: one line for each file of this folder. */
export const jobs: Jobs = {
  'impersonation.end': impersonationEnd,
  'notice.post': noticePostJob,
  'voicemail.fetch': voicemailFetchJob,
  'notice.audio': noticeAudioJob,
  'notice.rewrite': noticeRewriteJob,
  'requests.finish': requestsFinishJob,
  'voicemail.forward': voicemailForwardJob,
  'voicemail.export': voicemailExportJob,
  'voicemail.purge': voicemailPurgeJob,
  'members.refresh': membersRefreshJob,
  'members.look': membersLookJob,
  'members.bring-in': membersBringInJob,
  'recordings.sweep': recordingsSweepJob,
  sweep: sweepJob,
};
