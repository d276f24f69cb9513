import { purgeVoicemail } from '../core/voicemail/purge.js';
import { defineJob } from './define.js';

/** Runs when the undo is over; what must wait longer is found by the sweep. */
export const voicemailPurgeJob = defineJob({
  name: 'voicemail.purge',
  attempts: 5,
  retrySeconds: 5,
  run: (deps, { voicemailId }) => purgeVoicemail(deps, voicemailId),
});
