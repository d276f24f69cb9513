import { bringOwedAudio } from '../core/notices/bring-audio.js';
import { defineJob } from './define.js';

/** What fails is due again later, and found by the sweep: no second try of the same job. */
export const noticeAudioJob = defineJob({
  name: 'notice.audio',
  attempts: 1,
  retrySeconds: 1,
  run: (deps, { noticeId }) => bringOwedAudio(deps, noticeId),
});
