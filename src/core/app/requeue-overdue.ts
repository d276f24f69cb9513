import type { Deps } from '../deps.js';
import type { TaskDefinitions } from '../tasks/define-task.js';
import { findOverdue } from './overdue-tasks.store.js';

/** Enqueues again every row that waited too long, so that a queue that lost everything loses nothing. */
export async function requeueOverdue(deps: Deps, definitions: TaskDefinitions): Promise<void> {
  const overdue = await findOverdue(deps, definitions, deps.memberLists.platforms);
  if (overdue.length > 0) {
    await deps.tasks.add(overdue, { once: true });
    deps.log.info({ found: overdue.length }, 'overdue work enqueued again');
  }
}
