import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { deadMailboxGuard } from './dead-mailbox.js';
import { endLostAccess } from './end-access.js';
import { keepOneAdmin } from './last-admin.js';
import { type PersonUpdate, writePeople } from './people.store.js';
import { refuseResting, withReleasedNumbers } from './released-numbers.js';
import { ValueTaken } from './taken-values.js';
import { valueRefused } from './taken-values.store.js';
import { PersonChanged, recordUpdate, valuesThatChange } from './update-person.js';

export type { PersonUpdate } from './people.store.js';

/**
 * Inside a change: writes many people in one statement, by the rules of `updatePerson` and with the same lines on record.
 * Returns when each was written. All or none: rejects with what `updatePerson` would reject with for one of them.
 */
export async function updatePeople(
  change: Change,
  updates: readonly PersonUpdate[],
): Promise<ReadonlyMap<UserId, Date>> {
  const changed: PersonUpdate[] = [];
  for (const { person, values: wanted } of updates) {
    const values = valuesThatChange(person, await withReleasedNumbers(change, person, wanted));
    if (Object.keys(values).length > 0) changed.push({ person, values });
  }
  if (changed.length === 0) return new Map();
  await refuseAnyResting(change, changed);
  const refuseDead = await deadMailboxGuard(
    change,
    changed.map(({ person, values }) => ({ id: person.id, values })),
  );
  const written = await writePeople(change, changed).catch((error: unknown) => {
    const taken = valueRefused(error);
    throw taken === undefined ? error : new ValueTaken(taken);
  });
  if (written.size < changed.length) throw new PersonChanged();
  for (const { person, values } of changed) {
    recordUpdate(change, person, values);
    await keepOneAdmin(change, person, values);
    await endLostAccess(change, person.id, person, values);
  }
  await refuseDead();
  return written;
}

/** One question for all, and one for each only where some number rests: it may rest for the very person who takes it. */
async function refuseAnyResting(change: Change, updates: readonly PersonUpdate[]): Promise<void> {
  const all = updates.map(({ values }) => values);
  const isFree = await refuseResting(change, null, all).then(
    () => true,
    (error: unknown) => (error instanceof ValueTaken ? false : Promise.reject(error)),
  );
  if (isFree) return;
  for (const { person, values } of updates) await refuseResting(change, person.id, [values]);
}
