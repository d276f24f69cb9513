import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import { refuseDeadNewcomers } from './dead-mailbox.js';
import { insertPeople, type NewPerson } from './people.store.js';
import { recordedValues } from './recorded-values.js';
import { refuseResting } from './released-numbers.js';

export type { NewPerson } from './people.store.js';

/**
 * Inside a change: add people in one statement, each with an audit line of the values given. A person whose address,
 * username or number was taken a moment ago is left out; returns the ids of the others by username. Refuses
 * (`ValueTaken`) a number that rests, and (`DeadMailbox`) a mailbox that nobody could hear.
 */
export async function addPeople(change: Change, people: readonly NewPerson[]): Promise<ReadonlyMap<string, UserId>> {
  await refuseResting(change, null, people);
  const added = await insertPeople(change, people);
  await refuseDeadNewcomers(
    change,
    people.filter(saysHowToHear).flatMap(({ username }) => added.get(username) ?? []),
  );
  for (const person of people) {
    const id = added.get(person.username);
    if (id === undefined) continue;
    change.record({ event: 'user.created', subjectId: id, after: recordedValues(knownOf(person)) });
    change.touch(id);
  }
  return added;
}

/** Of whom nothing of this is said, the company has decided. */
const saysHowToHear = ({ appAllowed, notificationType }: NewPerson): boolean =>
  appAllowed === false || !isUnset(notificationType);

const knownOf = ({ id: _, ...person }: NewPerson): NewPerson =>
  Object.fromEntries(Object.entries(person).filter(([, value]) => !isUnset(value))) as NewPerson;

const isUnset = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
