import { type Change, change } from '../../change.js';
import { type PersonActor, personOf } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type UserId } from '../../ids.js';
import { setAccess } from '../../people/update-person.js';
import { retellReports } from '../report/member-report.js';
import { decideLeaver, findOpenLeaver } from '../report/member-report.store.js';

/**
 * An admin takes the access of somebody who left, by the member's row. Extension, number, mailbox, absences and backups
 * stay as they are. Refuses (UserError) oneself, the last admin, and whoever is no longer asked about (409).
 */
export function deactivateLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = await mustBeOpen(change, memberId);
    if (userId === personOf(actor)) throw new UserError((words) => words.members.notYourself);
    await setAccess(change, userId, 'none');
    await retellReports(change, await decideLeaver(change, userId, 'deactivated'));
  });
}

/** An admin says that somebody who left a workspace keeps their access: nobody is asked again until they leave anew. */
export function keepLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = await mustBeOpen(change, memberId);
    change.record({ event: 'members.kept', subjectId: userId });
    await retellReports(change, await decideLeaver(change, userId, 'kept'));
  });
}

async function mustBeOpen(change: Change, memberId: string): Promise<UserId> {
  const userId = isUuid(memberId) ? await findOpenLeaver(change, memberId) : undefined;
  if (userId === undefined) throw new UserError((words) => words.members.decided, 409);
  return userId;
}
