import { change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid } from '../ids.js';
import { findReturner, giveAccessBack } from './back.store.js';
import { retellReports } from './report.js';
import { findReportOf } from './report.store.js';

/**
 * An admin gives somebody who left, and is back, their access again, by the member's row. Refuses (UserError, 409) where
 * they have it already.
 */
export function welcomeBack(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = isUuid(memberId) ? await findReturner(change, memberId) : undefined;
    if (userId === undefined) throw new UserError((words) => words.members.backDecided, 409);
    await giveAccessBack(change, userId);
    await retellReports(change, await findReportOf(change, memberId));
  });
}
