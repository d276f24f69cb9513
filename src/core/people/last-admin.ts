import type { Change } from '../change.js';
import { UserError } from '../errors.js';
import { hasActiveAdmin } from './people.store.js';
import { type AccessFields, displayNameOf, isActiveAdmin } from './person.js';

/** Nobody would be left to look after the company. */
export class LastAdmin extends UserError {
  constructor(readonly person: string) {
    super((words) => words.people.lastAdmin(person), 409);
  }
}

/**
 * Inside the change that wrote a person: refuses (`LastAdmin`) where the company has no admin left who can use Attendant, by
 * whatever door (PRODUCT.md §1). Two admins who are demoted at the same moment come one after the other.
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
