import { taskDefinitions } from '../core/app/task-definitions.js';
import type { Deps } from '../core/deps.js';
import { depsForRequest } from '../core/request-deps.js';
import { parseTask, type Repeat, runTask } from '../core/tasks/define-task.js';
import type { Task, TaskName } from '../core/tasks/tasks.js';
import { logUnreachable } from './log-unreachable.js';
import { type Backend, openWorker, type QueuedTask } from './queue.js';

/** A worker that runs. */
export interface RunningWorker {
  /** Take no more jobs, and resolve when the running ones have ended. */
  stop(): Promise<void>;
}

/** Called for each task that ended, for the metrics. */
export type OnTask = (task: { readonly name: string; readonly ok: boolean; readonly seconds: number }) => void;

/** More concurrent jobs than cores, because jobs mostly wait for the database and for platforms. */
const concurrency = 8;

/** Run the queue's jobs until stopped, and enqueue the repeating tasks, even when the queue has lost them. */
export function startWorker(backend: Backend, deps: Deps, onTask: OnTask = () => {}): RunningWorker {
  const worker = openWorker(backend, { work, onFailed, onError: logUnreachable(deps.log) }, concurrency);

  const stopTimers = Object.values(taskDefinitions).flatMap(({ name, repeat }) =>
    repeat ? [addAgain(name, repeat)] : [],
  );

  return {
    async stop() {
      for (const stop of stopTimers) stop();
      await worker.close();
    },
  };

  /** Enqueue a task at its times, unless one is still waiting. */
  function addAgain(name: TaskName, { firstAfterSeconds, everySeconds }: Repeat): () => void {
    const task = parseTask(taskDefinitions, name, {});
    // The queue may be unavailable; the next occurrence is the retry.
    const add = () => deps.tasks.add([task], { once: true }).catch(() => {});
    const first = setTimeout(add, firstAfterSeconds * 1000);
    const timer = setInterval(add, everySeconds * 1000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }

  async function work(name: string, { ids, requestId }: QueuedTask): Promise<void> {
    const begun = performance.now();
    const task = { name, payload: ids } as Pick<Task, 'name' | 'payload'>;
    let ok = false;
    try {
      await runTask(taskDefinitions, requestId === undefined ? deps : depsForRequest(deps, requestId), task);
      ok = true;
    } finally {
      onTask({ name, ok, seconds: (performance.now() - begun) / 1000 });
    }
  }

  function onFailed(task: { name: string; entries: readonly QueuedTask[]; last: boolean }, error: Error): void {
    const facts = { error, task: task.name, entries: task.entries, last: task.last };
    if (task.last) deps.log.error(facts, 'task failed');
    else deps.log.warn(facts, 'task failed, will be retried');
  }
}
