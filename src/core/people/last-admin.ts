import type { Change } from '../change.js';
import { UserError } from '../errors.js';
import { hasActiveAdmin } from './people.store.js';
import { type AccessFields, displayNameOf, isActiveAdmin } from './person.js';

/** The company would be left without an admin. */
export class LastAdmin extends UserError {
  constructor(readonly person: string) {
    super((words) => words.people.lastAdmin(person), 409);
  }
}

/**
 * Inside the change that wrote a person: throw `LastAdmin` if the company has no admin left who can use Attendant,
 * however the change was made (PRODUCT.md §1). Two admins who are demoted at the same moment are serialised.
 */
export async function keepOneAdmin(
  change: Change,
  before: AccessFields & { readonly firstName: string; readonly lastName: string },
  after: Partial<AccessFields>,
): Promise<void> {
  if (!isActiveAdmin(before) || isActiveAdmin({ ...before, ...after })) return;
  if (await hasActiveAdmin(change)) return;
  throw new LastAdmin(displayNameOf(before));
}
