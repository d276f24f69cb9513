import type { AuditEvent } from '../audit-chain/audit-event.js';
import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { deadMailboxGuard } from './dead-mailbox.js';
import { endLostAccess } from './end-access.js';
import { keepOneAdmin } from './last-admin.js';
import { type KnownPerson, lockPerson, writePerson } from './people.store.js';
import type { Access, PersonValues } from './person.js';
import { recordedValues } from './recorded-values.js';
import { refuseResting, withReleasedNumbers } from './released-numbers.js';
import { ValueTaken } from './taken-values.js';
import { valueRefused } from './taken-values.store.js';

export { type KnownPerson, lockPerson } from './people.store.js';

/** The row was written since it was read. */
export class PersonChanged extends Error {}

/**
 * Inside a change: write values of a person, the single function for it (except the default backup,
 * `routing/set-default-backup.ts`). The audit line is `user.updated`, or `events`. Unchanged values write nothing. Keeps
 * one admin (`LastAdmin`), and ends what the person can no longer do. Rejects with `PersonChanged` if the row was
 * written since it was read, which cannot happen to a row from `lockPerson`. Throws `ValueTaken` if another person took
 * a value a moment ago, or if a number rests, and `DeadMailbox` where messages would reach nobody. With access go, or
 * come back, the numbers that `withReleasedNumbers` says.
 */
export async function updatePerson(
  change: Change,
  person: KnownPerson,
  wanted: Partial<PersonValues>,
  events?: readonly AuditEvent[],
): Promise<void> {
  const values = await withReleasedNumbers(change, person, wanted);
  const changed = valuesThatChange(person, values);
  if (Object.keys(changed).length === 0) return;
  await refuseResting(change, person.id, [changed]);
  const refuseDead = await deadMailboxGuard(change, [{ id: person.id, values: changed }]);
  const written = await writePerson(change, person, values).catch((error: unknown) => {
    const taken = valueRefused(error);
    throw taken === undefined ? error : new ValueTaken(taken);
  });
  if (!written) throw new PersonChanged();
  recordUpdate(change, person, changed, events);
  await keepOneAdmin(change, person, values);
  await refuseDead();
  await endLostAccess(change, person.id, person, values);
}

/** Those of the values that the person does not have yet. */
export const valuesThatChange = (person: KnownPerson, values: Partial<PersonValues>): Partial<PersonValues> =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !isSame(person[key as keyof PersonValues], value)),
  );

/** Inside the change that wrote a person: puts it on record. */
export function recordUpdate(
  change: Change,
  person: KnownPerson,
  values: Partial<PersonValues>,
  events?: readonly AuditEvent[],
): void {
  const changed = Object.keys(values) as (keyof PersonValues)[];
  const before: Partial<PersonValues> = Object.fromEntries(changed.map((key) => [key, person[key]]));
  const updated: AuditEvent = {
    event: 'user.updated',
    subjectId: person.id,
    before: recordedValues(before),
    after: recordedValues(values),
  };
  for (const event of events ?? [updated]) change.record(event);
  change.touch(person.id);
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Inside a change: give or take access; no-op for a person who is gone. */
export async function setAccess(change: Change, userId: UserId, access: Access): Promise<void> {
  const person = await lockPerson(change, userId);
  if (person) await updatePerson(change, person, { access });
}
