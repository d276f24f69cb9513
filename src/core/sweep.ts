import type { Deps } from './deps.js';
import { findOverdue, forgetRequestsBefore } from './sweep.store.js';

/** How long a row may wait before its nudge counts as lost. */
const patienceSeconds = 30;

/** Nudges again whatever waited too long, so that a queue that lost everything loses nothing; clears old bookkeeping. */
export async function sweep(deps: Deps): Promise<void> {
  const now = deps.clock.now().getTime();
  const overdue = await findOverdue(deps.db, new Date(now - patienceSeconds * 1000), deps.memberLists.platforms);
  if (overdue.length > 0) {
    await deps.tasks.add(overdue, { once: true });
    deps.log.info({ found: overdue.length }, 'work found that waited too long');
  }
  await forgetRequestsBefore(deps.db, new Date(now - 24 * 60 * 60 * 1000));
}
