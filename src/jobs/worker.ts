import { runTask } from '../core/define-task.js';
import type { Deps } from '../core/deps.js';
import { forRequest } from '../core/for-request.js';
import { taskDefinitions } from '../core/task-definitions.js';
import type { Task } from '../core/tasks.js';
import { sayAway } from './away.js';
import { type Backend, type Nudge, openWorker } from './queue.js';

export interface RunningWorker {
  /** Takes no more, and resolves when what runs is finished. */
  stop(): Promise<void>;
}

/** Hears of each task that ended, for the metrics. */
export type OnTask = (task: { readonly name: string; readonly ok: boolean; readonly seconds: number }) => void;

/** Jobs mostly wait for the database and for platforms, so there are more at once than cores. */
const concurrency = 8;
const sweepEverySeconds = 5;
/** It is due once an hour, by its row. The first comes after a minute, when whatever waited for the start is done. */
const recordingsAfterSeconds = 60;
const recordingsEverySeconds = 600;

/** Works the queue until it is stopped, and has the sweep looked after, whatever the queue forgets. */
export function startWorker(backend: Backend, deps: Deps, onTask: OnTask = () => {}): RunningWorker {
  const worker = openWorker(backend, { work, onFailed, onError: sayAway(deps.log) }, concurrency);

  // A timer of ours, not the queue's: what is found must not depend on what may have been lost.
  const sweep = () => deps.tasks.add([{ name: 'sweep', payload: {} }], { once: true }).catch(() => {});
  const timer = setInterval(sweep, sweepEverySeconds * 1000);
  void sweep();
  const sweepRecordings = () =>
    deps.tasks.add([{ name: 'recordings.sweep', payload: {} }], { once: true }).catch(() => {});
  const first = setTimeout(sweepRecordings, recordingsAfterSeconds * 1000);
  const recordings = setInterval(sweepRecordings, recordingsEverySeconds * 1000);

  return {
    async stop() {
      clearInterval(timer);
      clearTimeout(first);
      clearInterval(recordings);
      await worker.close();
    },
  };

  async function work(name: string, { ids, requestId }: Nudge): Promise<void> {
    const begun = performance.now();
    const task = { name, payload: ids } as Pick<Task, 'name' | 'payload'>;
    let ok = false;
    try {
      await runTask(taskDefinitions, requestId === undefined ? deps : forRequest(deps, requestId), task);
      ok = true;
    } finally {
      onTask({ name, ok, seconds: (performance.now() - begun) / 1000 });
    }
  }

  function onFailed(task: { name: string; nudges: readonly Nudge[]; last: boolean }, error: Error): void {
    const facts = { error, task: task.name, nudges: task.nudges, last: task.last };
    if (task.last) deps.log.error(facts, 'task failed');
    else deps.log.warn(facts, 'task failed, and is tried again');
  }
}
