import { type Change, change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type UserId } from '../../ids.js';
import { findAccessBefore } from '../../people/index.js';
import { setAccess } from '../../people/update-person.js';
import { retellReports } from '../report/joined-and-left-report.js';
import { findReportsOf, findReturner, recordLeftOut } from './returners.store.js';

/**
 * Give a person who left and is back their access again, by the member's row. Throws UserError (409) if it is decided
 * already.
 */
export const giveAccessBack = (deps: Deps, actor: PersonActor, memberId: string): Promise<void> =>
  decideReturner(deps, actor, memberId, async (change, userId) =>
    setAccess(change, userId, await findAccessBefore(change, userId)),
  );

/**
 * Leave a person who is back without access: admins are not asked again until the person comes again, there or
 * elsewhere.
 */
export const leaveWithoutAccess = (deps: Deps, actor: PersonActor, memberId: string): Promise<void> =>
  decideReturner(deps, actor, memberId, recordLeftOut);

function decideReturner(
  deps: Deps,
  actor: PersonActor,
  memberId: string,
  write: (change: Change, userId: UserId) => Promise<void>,
): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = isUuid(memberId) ? await findReturner(change, memberId) : undefined;
    if (userId === undefined) throw new UserError((words) => words.members.backDecided, 409);
    await write(change, userId);
    await retellReports(change, await findReportsOf(change, userId));
  });
}
