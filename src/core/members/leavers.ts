import { change } from '../change.js';
import { type PersonActor, personOf } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid } from '../ids.js';
import { endLostAccess } from '../people/end-access.js';
import { retellReports } from './report.js';
import { decideLeaver, findOpenLeaver, hasOtherAdmin, isAdmin, takeAccess } from './report.store.js';

/**
 * An admin takes the access of somebody who left, by the member's row. Extension, number, mailbox, absences and backups
 * stay as they are. Refuses (UserError) oneself, the last admin, and whoever is no longer asked about (409).
 */
export function deactivateLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const leaver = await mustBeOpen(change, memberId);
    if (leaver.userId === personOf(actor)) throw new UserError((words) => words.members.notYourself);
    if ((await isAdmin(change, leaver.userId)) && !(await hasOtherAdmin(change, leaver.userId)))
      throw new UserError((words) => words.members.lastAdmin(leaver.displayName));
    await takeAccess(change, leaver.userId, leaver.access);
    await endLostAccess(change, leaver.userId, leaver, { access: 'none' });
    await retellReports(change, await decideLeaver(change, leaver.userId, 'deactivated'));
  });
}

/** An admin says that somebody who left a workspace keeps their access: nobody is asked again until they leave anew. */
export function keepLeaver(deps: Deps, actor: PersonActor, memberId: string): Promise<void> {
  return change(deps, actor, async (change) => {
    const leaver = await mustBeOpen(change, memberId);
    change.record({ event: 'members.kept', subjectId: leaver.userId });
    await retellReports(change, await decideLeaver(change, leaver.userId, 'kept'));
  });
}

async function mustBeOpen(change: Parameters<typeof findOpenLeaver>[0], memberId: string) {
  const leaver = isUuid(memberId) ? await findOpenLeaver(change, memberId) : undefined;
  if (!leaver) throw new UserError((words) => words.members.decided, 409);
  return leaver;
}
