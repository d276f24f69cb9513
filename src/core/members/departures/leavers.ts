import { type Change, change } from '../../change.js';
import { actingPersonId, type PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type UserId } from '../../ids.js';
import { setAccess } from '../../people/update-person.js';
import { retellReports } from '../report/joined-and-left-report.js';
import { decideLeaver, findOpenLeaver } from '../report/joined-and-left-report.store.js';

/**
 * Take the access of a person who left, by the member's row. Extension, number, mailbox, absences and backups stay as
 * they are. Throws UserError for the admin themselves, the last admin, and a leaver who is decided already (409).
 */
export function deactivateLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = await requireOpenLeaver(change, memberId);
    if (userId === actingPersonId(actor)) throw new UserError((words) => words.members.notYourself);
    await setAccess(change, userId, 'none');
    await retellReports(change, await decideLeaver(change, userId, 'deactivated'));
  });
}

/** Keep the access of a person who left a workspace: admins are not asked again until the person leaves again. */
export function keepLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const userId = await requireOpenLeaver(change, memberId);
    change.record({ event: 'members.kept', subjectId: userId });
    await retellReports(change, await decideLeaver(change, userId, 'kept'));
  });
}

async function requireOpenLeaver(change: Change, memberId: string): Promise<UserId> {
  const userId = isUuid(memberId) ? await findOpenLeaver(change, memberId) : undefined;
  if (userId === undefined) throw new UserError((words) => words.members.decided, 409);
  return userId;
}
