/**
 * The payload of every task, by name: ids only, because the row is the truth and the job a reminder. Each feature's
 * `x.task.ts` adds its own (`declare module`), so that a feature can enqueue a task without importing its
 * implementation. A name that `task-definitions.ts` does not list does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the features add their payloads.
export interface TaskPayloads {}

/** The name of a task. */
export type TaskName = keyof TaskPayloads;

/** A unit of work: its name, its ids, and the delay before it. */
export type Task = {
  [Name in TaskName]: {
    readonly name: Name;
    readonly payload: TaskPayloads[Name];
    readonly delaySeconds?: number;
  };
}[TaskName];

/** The job queue, as the core uses it. */
export interface Tasks {
  /**
   * Enqueue tasks. Resolves once the queue has stored them; rejects within seconds if the queue is unreachable. With
   * `once`, a task that already waits for the same rows is not added again. `requestId`: the request that enqueues them
   * (`core/request-deps.ts`).
   */
  add(tasks: readonly Task[], options?: { readonly once?: boolean; readonly requestId?: string }): Promise<void>;
}

declare module '../deps.js' {
  interface Deps {
    readonly tasks: Tasks;
  }
}
