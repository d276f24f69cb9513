import type { z } from 'zod';
import type { Deps } from '../core/deps.js';
import { type Task, type TaskName, taskPayloads } from '../core/tasks.js';

/** What a task carries. */
type Payload<Name extends TaskName> = z.infer<(typeof taskPayloads)[Name]>;

/** A task's work: its name, how often it is tried, and the one call that does it. Twice must be as good as once. */
export interface Job<Name extends TaskName = TaskName> {
  readonly name: Name;
  /** In all; after the last the sweep finds the row, if it still waits. */
  readonly attempts: number;
  /** Before the second attempt; doubled before each later one. */
  readonly retrySeconds: number;
  /** How many that come at the same moment may share a job, and run at once; one where nothing is said. */
  readonly mostInOneJob?: number;
  run(deps: Deps, payload: Payload<Name>): Promise<void>;
}

/** One job for each task. */
export type Jobs = { readonly [Name in TaskName]: Job<Name> };

export const defineJob = <Name extends TaskName>(job: Job<Name>): Job<Name> => job;

/** Does a task, as the queue or a test hands it over. Rejects when it should be tried again. */
export async function runTask(jobs: Jobs, deps: Deps, task: Pick<Task, 'name' | 'payload'>): Promise<void> {
  const job = jobs[task.name] as Job;
  return job.run(deps, taskPayloads[task.name].parse(task.payload));
}
