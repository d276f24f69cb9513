import { change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Deps, Transaction } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId } from '../ids.js';
import { findUser, lockBackups, updateDefaultBackup } from './people.store.js';
import { type Person, takesCalls } from './person.js';

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
    await lockBackups(change);
    const person = await findUser(change.db, actor.tenantId, actor.userId);
    const backup = await findUser(change.db, actor.tenantId, backupId);
    if (!person || !backup) throw new UserError((words) => words.directory.gone, 404);

    const before = person.defaultBackupId && (await findUser(change.db, actor.tenantId, person.defaultBackupId));
    if (before?.id === backup.id) return { backup, before };
    await refuseUnfit(change.db, person, backup);
    await updateDefaultBackup(change, person, backup);
    return { backup, before: before || undefined };
  });
}

async function refuseUnfit(db: Transaction, person: Person, backup: Person): Promise<void> {
  if (backup.id === person.id) throw new UserError((words) => words.directory.backupYourself);
  if (!takesCalls(backup)) throw new UserError((words) => words.directory.backupTakesNoCalls(backup.displayName));
  const circle = await circleBack(db, person.tenantId, person, backup);
  if (circle) {
    const names = circle.map(({ displayName }) => displayName).join(' → ');
    throw new UserError((words) => words.directory.backupCircle(names));
  }
}

/** The way from backup to backup that would lead back to the person, if there is one. */
async function circleBack(
  db: Transaction,
  tenantId: TenantId,
  person: Person,
  backup: Person,
): Promise<readonly Person[] | undefined> {
  const path = [person];
  for (let next: Person | undefined = backup; next !== undefined; ) {
    const here: Person = next;
    if (here.id === person.id) return [...path, person];
    if (path.some(({ id }) => id === here.id)) return undefined;
    path.push(here);
    next = here.defaultBackupId && (await findUser(db, tenantId, here.defaultBackupId));
  }
  return undefined;
}
