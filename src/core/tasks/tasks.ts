/**
 * The payload of every task, by its name: ids only, because the row is the truth and the job a reminder. Each
 * feature's `x.task.ts` adds its own (`declare module`), so that a feature enqueues a task without importing what
 * the task does. A name that `task-definitions.ts` does not list does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the features add their payloads.
export interface TaskPayloads {}

export type TaskName = keyof TaskPayloads;

/** One piece of work: its name, its ids, and how long to wait before it. */
export type Task = {
  [Name in TaskName]: {
    readonly name: Name;
    readonly payload: TaskPayloads[Name];
    readonly delaySeconds?: number;
  };
}[TaskName];

export interface Tasks {
  /**
   * Resolves once the queue has them; rejects within seconds when the queue is away. With `once` a task that already
   * waits for the same rows is not added a second time. `requestId`: which request asks (`core/for-request`).
   */
  add(tasks: readonly Task[], options?: { readonly once?: boolean; readonly requestId?: string }): Promise<void>;
}

declare module '../deps.js' {
  interface Deps {
    readonly tasks: Tasks;
  }
}
