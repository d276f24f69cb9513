import { finishInterrupted } from '../core/chat/interrupted.js';
import { defineJob } from './define.js';

/** What is left is found by the next sweep. */
export const requestsFinishJob = defineJob({
  name: 'requests.finish',
  attempts: 1,
  retrySeconds: 1,
  run: (deps) => finishInterrupted(deps),
});
