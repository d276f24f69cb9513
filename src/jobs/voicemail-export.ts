import { exportVoicemail } from '../core/voicemail/export.js';
import { defineJob } from './define.js';

/** Eight tries in about twenty minutes; `exportVoicemail` then tells the person that it failed. */
export const voicemailExportJob = defineJob({
  name: 'voicemail.export',
  attempts: 8,
  retrySeconds: 10,
  run: (deps, { exportId }) => exportVoicemail(deps, exportId),
});
