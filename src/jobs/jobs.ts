import type { Jobs } from './define.js';
import { sweepJob } from './sweep.js';

/** Which job does which task: one line for each file of this folder. */
export const jobs: Partial<Jobs> = {
  sweep: sweepJob,
};
