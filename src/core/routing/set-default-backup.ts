import { change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { findUser, updateDefaultBackup } from '../people/index.js';
import { type Person, takesCalls } from '../people/person.js';
import { findCircle, lockGraph } from './load-rows.js';

/**
 * Names the person who takes the actor's calls whenever nobody else is named. Refuses the actor themselves, whoever
 * takes no calls, and a circle, which is shown. The same backup again writes nothing.
 */
export function setDefaultBackup(
  deps: Deps,
  actor: PersonActor,
  backupId: string,
): Promise<{ backup: Person; before: Person | undefined }> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const person = await findUser(change.db, actor.tenantId, actor.userId);
    const backup = await findUser(change.db, actor.tenantId, backupId);
    if (!person || !backup) throw new UserError((words) => words.directory.gone, 404);

    const before = person.defaultBackupId && (await findUser(change.db, actor.tenantId, person.defaultBackupId));
    if (before?.id === backup.id) return { backup, before };
    refuseUnfit(person, backup);
    await updateDefaultBackup(change, person, backup);
    const circle = await findCircle(change, person.id);
    if (circle) throw new UserError((words) => words.directory.backupCircle(circle.join(' → ')));
    return { backup, before: before || undefined };
  });
}

function refuseUnfit(person: Person, backup: Person): void {
  if (backup.id === person.id) throw new UserError((words) => words.directory.backupYourself);
  if (!takesCalls(backup)) throw new UserError((words) => words.directory.backupTakesNoCalls(backup.displayName));
}
