import { sweep } from '../core/sweep.js';
import { defineJob } from './define.js';

/** Again and again; see `worker.ts`. The next one is the retry. */
export const sweepJob = defineJob({ name: 'sweep', attempts: 1, retrySeconds: 1, run: (deps) => sweep(deps) });
