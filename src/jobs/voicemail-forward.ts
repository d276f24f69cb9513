import { forwardVoicemail } from '../core/voicemail/forward.js';
import { defineJob } from './define.js';

export const voicemailForwardJob = defineJob({
  name: 'voicemail.forward',
  attempts: 5,
  retrySeconds: 1,
  run: (deps, { forwardId }) => forwardVoicemail(deps, forwardId),
});
