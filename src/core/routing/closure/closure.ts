import { change } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { oneLine } from '../../text.js';
import { isUsableInstant } from '../../time/usable-instant.js';
import { deleteClosure, findClosure, saveClosure } from './closure.store.js';
import { type Closure, closureAt } from './closure.types.js';

export { findClosure } from './closure.store.js';

/** As much as a caller listens to. */
const longestNote = 200;

/** Closes the company from now on; a closure that runs is replaced. The same again writes nothing. */
export function closeCompany(
  deps: Deps,
  actor: Actor,
  { until, note: typed }: { readonly until: Date | undefined; readonly note: string },
): Promise<Closure> {
  return change(deps, actor, async (change) => {
    const { now } = change;
    if (typed.length > longestNote) throw new UserError((words) => words.closure.noteTooLong(longestNote));
    if (until && (until <= now || !isUsableInstant(until))) throw new UserError((words) => words.closure.notInFuture);
    const before = closureAt(await findClosure(change.db, change.tenantId), now);
    const note = oneLine(typed, longestNote);
    if (before && before.note === note && before.until?.getTime() === until?.getTime()) return before;

    const closure = { closedAt: now, until, note };
    await saveClosure(change, closure);
    change.record({
      event: 'company.closed',
      subjectId: change.tenantId,
      ...(before ? { before: factsOf(before) } : {}),
      after: factsOf(closure),
    });
    return closure;
  });
}

/** Opens the company. False: it was not closed, and nothing was written. */
export function openCompany(deps: Deps, actor: Actor): Promise<boolean> {
  return change(deps, actor, async (change) => {
    const before = closureAt(await findClosure(change.db, change.tenantId), change.now);
    if (!before) return false;
    await deleteClosure(change);
    change.record({ event: 'company.opened', subjectId: change.tenantId, before: factsOf(before) });
    return true;
  });
}

const factsOf = ({ until, note }: Closure) => ({ until: until?.toISOString() ?? null, note });
