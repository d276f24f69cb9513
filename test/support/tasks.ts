import { setImmediate as breathe } from 'node:timers/promises';
import { requeueOverdue as sweepFor } from '../../src/core/app/requeue-overdue.js';
import { taskDefinitions } from '../../src/core/app/task-definitions.js';
import type { Clock, Deps } from '../../src/core/deps.js';
import { runTask } from '../../src/core/tasks/define-task.js';
import type { Task, Tasks } from '../../src/core/tasks/tasks.js';

export interface TaskRecorder extends Tasks {
  /** The waiting tasks, due or not. */
  readonly waiting: readonly Task[];
  /** Whether the queue is unavailable; adding a task then rejects. */
  away: boolean;
  /** Lose all tasks, as a queue may. */
  lose(): void;
  /**
   * Run the due tasks, and those they enqueue, through the real jobs until nothing is due. `twice` runs each a second
   * time. A job that rejects is put back for a minute later, then this rejects with its error.
   */
  work(deps: Deps, options?: { twice?: boolean }): Promise<void>;
}

/** A queue in memory that runs nothing by itself, so that a story decides when. */
export function taskRecorder(clock: Clock): TaskRecorder {
  const queue: { task: Task; dueAt: number }[] = [];
  const put = (task: Task, delaySeconds = 0) =>
    queue.push({ task, dueAt: clock.now().getTime() + delaySeconds * 1000 });

  const takeDue = (): Task | undefined => {
    const at = queue.findIndex(({ dueAt }) => dueAt <= clock.now().getTime());
    return at === -1 ? undefined : queue.splice(at, 1)[0]?.task;
  };

  return {
    away: false,
    get waiting() {
      return queue.map(({ task }) => task);
    },
    async add(tasks, options) {
      if (this.away) throw new Error('queue unreachable');
      for (const task of tasks) {
        if (!(options?.once && queue.some((other) => same(other.task, task)))) put(task, task.delaySeconds);
      }
    },
    lose: () => {
      queue.length = 0;
    },
    async work(deps, { twice = false } = {}) {
      for (let task = takeDue(); task; task = takeDue()) {
        try {
          await runTask(taskDefinitions, deps, task);
          if (twice) await runTask(taskDefinitions, deps, task);
        } catch (error) {
          put(task, 60);
          throw error;
        }
        await breathe();
      }
    },
  };
}

const same = (a: Task, b: Task) => a.name === b.name && JSON.stringify(a.payload) === JSON.stringify(b.payload);

/** Run the sweep once, over every task of the product. */
export const sweep = (deps: Deps): Promise<void> => sweepFor(deps, taskDefinitions);
