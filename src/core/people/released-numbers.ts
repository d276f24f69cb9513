import type { Change } from '../change.js';
import type { UserId } from '../ids.js';
import type { KnownPerson } from './people.store.js';
import type { PersonValues } from './person.js';
import {
  findRelease,
  findResting,
  type RestingKind,
  restingKinds,
  restNumbers,
  wakeNumbers,
} from './resting-numbers.store.js';
import { ValueTaken } from './taken-values.js';

/**
 * Inside the change that takes or gives somebody access: `values` with what becomes of extension and DID. Who loses access
 * gives them back as the setting `releaseOnDeactivation` says, and who gets it again gets those back that nobody else has
 * (PRODUCT.md §7). What the change itself says of a number stands.
 */
export async function withReleasedNumbers(
  change: Change,
  person: KnownPerson,
  values: Partial<PersonValues>,
): Promise<Partial<PersonValues>> {
  const after = values.access ?? person.access;
  if (after === person.access || (after !== 'none' && person.access !== 'none')) return values;
  const unsaid = (kind: RestingKind) => !(kind in values) || values[kind] === person[kind];

  if (after !== 'none') {
    const woken = Object.entries(await wakeNumbers(change, person.id)) as [RestingKind, string][];
    const back = woken.filter(([kind]) => unsaid(kind) && person[kind] === null);
    return { ...values, ...Object.fromEntries(back) };
  }
  const release = await findRelease(change);
  const given = restingKinds.flatMap((kind) => {
    const number = person[kind];
    return number && unsaid(kind) && (release === 'both' || release === kind) ? [[kind, number] as const] : [];
  });
  await restNumbers(change, person.id, Object.fromEntries(given));
  return { ...values, ...Object.fromEntries(given.map(([kind]) => [kind, null])) };
}

/** Refuses (`ValueTaken`) an extension or a DID that rests for somebody else; `userId` null: for anybody. */
export async function refuseResting(
  { db, tenantId, now }: Change,
  userId: UserId | null,
  people: readonly Partial<PersonValues>[],
): Promise<void> {
  const numbers = {
    extension: people.flatMap(({ extension }) => extension ?? []),
    did: people.flatMap(({ did }) => did ?? []),
  };
  if (numbers.extension.length + numbers.did.length === 0) return;
  const resting = await findResting(db, { tenantId, userId, now }, numbers);
  if (resting) throw new ValueTaken(resting, 'resting');
}
