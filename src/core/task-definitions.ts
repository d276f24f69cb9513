import { forgetSignInsTask } from './accounts/forget-sign-ins.task.js';
import { awaitedMessageTask } from './calls/awaited-message.task.js';
import { forgetRequestsTask } from './chat/forget-requests.task.js';
import { interruptedTask } from './chat/interrupted.task.js';
import type { TaskDefinitions } from './define-task.js';
import { impersonationTask } from './impersonation/impersonation.task.js';
import { bringInTask } from './members/bring-in.task.js';
import { lookTask } from './members/look.task.js';
import { refreshTask } from './members/refresh.task.js';
import { bringAudioTask } from './notices/bring-audio.task.js';
import { postNoticeTask } from './notices/post-notice.task.js';
import { showAtOnceTask } from './notices/show-at-once.task.js';
import { recordingSweepTask } from './recordings/recording-sweep.task.js';
import { sweepTask } from './sweep.task.js';
import { exportTask } from './voicemail/export.task.js';
import { forwardTask } from './voicemail/forward.task.js';
import { purgeTask } from './voicemail/purge.task.js';

/** Every task: one line for each `x.task.ts`. A missing one does not compile. */
export const taskDefinitions: TaskDefinitions = {
  'notice.post': postNoticeTask,
  'notice.audio': bringAudioTask,
  'notice.rewrite': showAtOnceTask,
  'voicemail.fetch': awaitedMessageTask,
  'voicemail.forward': forwardTask,
  'voicemail.export': exportTask,
  'voicemail.purge': purgeTask,
  'requests.finish': interruptedTask,
  'requests.forget': forgetRequestsTask,
  'sign-ins.forget': forgetSignInsTask,
  'impersonation.end': impersonationTask,
  'members.refresh': refreshTask,
  'members.look': lookTask,
  'members.bring-in': bringInTask,
  'recordings.sweep': recordingSweepTask,
  sweep: sweepTask(() => taskDefinitions),
};
