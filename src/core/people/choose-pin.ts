import { change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { findPinOwner } from './people.store.js';
import { hashPin, isPin, type PinRefusal, pinWeakness } from './pin.js';
import { PersonChanged, updatePerson } from './update-person.js';

/** So many of a person's PINs, the one in use among them, cannot be chosen again (PRODUCT.md §5). */
const rememberedPins = 5;

/**
 * Set the person's own PIN. Returns why it is refused; undefined: it is in use from now on. Throws UserError while an
 * admin acts as the person (PRODUCT.md §6), or if the person was changed meanwhile.
 */
export async function choosePin(deps: Deps, actor: PersonActor, pin: string): Promise<PinRefusal | undefined> {
  const person = await pinOwner(deps, actor);
  const refusal = await refusalOf(person, pin);
  if (refusal !== undefined) return refusal;
  // A hash takes a while, so it is computed before the transaction; the row must still be the same in it.
  const pinHash = await hashPin(pin);
  try {
    await change(deps, actor, (change) => updatePerson(change, person, { pinHash }));
  } catch (error) {
    if (error instanceof PersonChanged) throw new UserError((words) => words.people.pin.changedMeanwhile);
    throw error;
  }
  return undefined;
}

/** Return why the person may not choose this PIN, without setting it; undefined: they may. Throws as `choosePin` does. */
export const whyPinRefused = async (deps: Deps, actor: PersonActor, pin: string): Promise<PinRefusal | undefined> =>
  refusalOf(await pinOwner(deps, actor), pin);

type PinOwner = NonNullable<Awaited<ReturnType<typeof findPinOwner>>>;

async function pinOwner(deps: Deps, actor: PersonActor): Promise<PinOwner> {
  requireOwnPin(actor);
  const person = await findPinOwner(deps.db, actor.tenantId, actor.userId);
  if (!person) throw new UserError((words) => words.directory.gone, 404);
  return person;
}

async function refusalOf(person: PinOwner, pin: string): Promise<PinRefusal | undefined> {
  const weakness = pinWeakness(pin, person.extension);
  if (weakness !== undefined) return weakness;
  const hashes = [person.pinHash, ...person.pastPinHashes].filter((hash) => hash !== null);
  return (await isAnyOf(hashes.slice(0, rememberedPins), pin)) ? 'used' : undefined;
}

/** Refuse (UserError) whoever acts as another person: a PIN is its owner's alone. */
export function requireOwnPin(actor: PersonActor): void {
  if (actor.kind === 'impersonating') throw new UserError((words) => words.people.pin.asAnother, 403);
}

async function isAnyOf(hashes: readonly string[], pin: string): Promise<boolean> {
  for (const hash of hashes) if (await isPin(hash, pin)) return true;
  return false;
}
