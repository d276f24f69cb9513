import { forgetSignInsTask } from '../accounts/forget-sign-ins.task.js';
import { forgetLinesTask } from '../bulk/forget-lines.task.js';
import { importRunTask } from '../bulk/import-run.task.js';
import { awaitedMessageTask } from '../calls/awaited-message/awaited-message.task.js';
import { closeCallTask, tellOfCallTask } from '../calls/history/call.task.js';
import { outgoingCallTask } from '../calls/outgoing/outgoing-calls.task.js';
import { forgetMenuCallsTask } from '../calls/phone-menu/forget-menu-calls.task.js';
import { sendDigestsTask } from '../digest/digest.task.js';
import { impersonationTask } from '../impersonation/end-impersonation.task.js';
import { bringInTask } from '../members/onboarding/bring-in.task.js';
import { refreshMemberTask } from '../members/sync/refresh-member.task.js';
import { refreshTask } from '../members/sync/refresh-workspace-members.task.js';
import { attachAudioTask } from '../notices/attach-audio.task.js';
import { releaseHeldTask } from '../notices/held-notices.task.js';
import { postNoticeTask } from '../notices/post-notice.task.js';
import { rewriteNoticeTask } from '../notices/rewrite-notice.task.js';
import { milestonesTask } from '../out-of-office/milestones.task.js';
import { peopleChangeTask } from '../people-admin/bulk/people-change.task.js';
import { recordingSweepTask } from '../recordings/recording-sweep.task.js';
import { countStorageTask } from '../reports/storage-days.task.js';
import { forgetRequestsTask } from '../requests/forget-requests.task.js';
import type { TaskDefinitions } from '../tasks/define-task.js';
import { remindTask } from '../voicemail/mailbox/remind.task.js';
import { boxesTask, expireTask } from '../voicemail/retention/expire-voicemails.task.js';
import { purgeTask } from '../voicemail/retention/purge-voicemail.task.js';
import { emailToSelfTask } from '../voicemail/sharing/email-to-self.task.js';
import { forwardTask } from '../voicemail/sharing/forward-voicemail.task.js';
import { transcribeTask } from '../voicemail/transcripts/transcribe.task.js';
import { interruptedTask } from './interrupted-requests.task.js';
import { noticeDefinitions } from './notice-definitions.js';
import { requeueOverdueTask } from './requeue-overdue.task.js';

/** Every task: one line for each `x.task.ts`. A missing one does not compile. */
export const taskDefinitions: TaskDefinitions = {
  'notice.post': postNoticeTask(noticeDefinitions),
  'notice.audio': attachAudioTask,
  'notice.rewrite': rewriteNoticeTask(noticeDefinitions),
  'notices.release': releaseHeldTask(noticeDefinitions),
  'digests.send': sendDigestsTask,
  'voicemail.fetch': awaitedMessageTask,
  'calls.tell': tellOfCallTask,
  'calls.close': closeCallTask,
  'calls.outgoing': outgoingCallTask,
  'voicemail.forward': forwardTask,
  'voicemail.export': emailToSelfTask,
  'voicemail.purge': purgeTask,
  'voicemail.expire': expireTask,
  'voicemail.boxes': boxesTask,
  'voicemail.remind': remindTask,
  'voicemail.transcribe': transcribeTask,
  'requests.finish': interruptedTask,
  'requests.forget': forgetRequestsTask,
  'bulk.forget': forgetLinesTask,
  'sign-ins.forget': forgetSignInsTask,
  'phone-menu.forget': forgetMenuCallsTask,
  'impersonation.end': impersonationTask,
  'out-of-office.milestones': milestonesTask,
  'members.refresh': refreshTask,
  'members.look': refreshMemberTask,
  'members.bring-in': bringInTask,
  'bulk.import': importRunTask,
  'people.change': peopleChangeTask,
  'recordings.sweep': recordingSweepTask,
  'storage.count': countStorageTask,
  sweep: requeueOverdueTask(() => taskDefinitions),
};
