import { fetchAwaitedMessage } from '../core/calls/awaited-message.js';
import { defineJob } from './define.js';

/** The row says when to try again, and when to give up; the sweep finds it when it is due. */
export const voicemailFetchJob = defineJob({
  name: 'voicemail.fetch',
  attempts: 1,
  retrySeconds: 1,
  run: (deps, { awaitedId }) => fetchAwaitedMessage(deps, awaitedId),
});
