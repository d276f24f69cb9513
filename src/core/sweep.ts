import { forgetRequestsBefore } from './chat/seen-request.store.js';
import type { Deps } from './deps.js';
import { findOverdue } from './sweep.store.js';

/** How long a row may wait before its nudge counts as lost; people wait for cards. */
const patienceSeconds = 30;
const cardPatienceSeconds = 10;

/** Nudges again whatever waited too long, so that a queue that lost everything loses nothing; clears old bookkeeping. */
export async function sweep(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const patience = { cardSeconds: cardPatienceSeconds, seconds: patienceSeconds };
  const overdue = await findOverdue(deps, patience, deps.memberLists.platforms);
  if (overdue.length > 0) {
    await deps.tasks.add(overdue, { once: true });
    deps.log.info({ found: overdue.length }, 'work found that waited too long');
  }
  await forgetRequestsBefore(deps.db, ago(24 * 60 * 60));
}
