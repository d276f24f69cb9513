import type { Deps } from '../deps.js';
import type { TaskDefinitions } from '../tasks/define-task.js';
import { findOverdue } from './overdue-tasks.store.js';

/** Enqueue the task of every overdue row again, so that no work is lost when the queue loses its jobs. */
export async function requeueOverdue(deps: Deps, definitions: TaskDefinitions): Promise<void> {
  const overdue = await findOverdue(deps, definitions, deps.memberLists.platforms);
  if (overdue.length > 0) {
    await deps.tasks.add(overdue, { once: true });
    deps.log.info({ found: overdue.length }, 'overdue tasks requeued');
  }
}
