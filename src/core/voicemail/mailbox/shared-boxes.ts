import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type UserId } from '../../ids.js';
import type { Mailbox } from './box-parts.types.js';
import { findLevel, findSharedMailboxes } from './mailbox-members.store.js';

/** A mailbox of somebody else, or of a department, of which a person is a member. */
export interface SharedBox {
  readonly id: string;
  readonly name: string;
}

/** As many as there are keys beside star and 0; the others are in chat. */
const mostBoxes = 9;

/** Return the mailboxes of others that this person shares, by name, at most 9. */
export const sharedBoxes = ({ db, clock }: Deps, { tenantId, userId }: Mailbox): Promise<readonly SharedBox[]> =>
  findSharedMailboxes(db, { tenantId, userId, now: clock.now(), most: mostBoxes });

/**
 * Return the mailbox that somebody goes through: their own, or one that they share now. Undefined: they do not; asked at
 * each step, since it may end during the call.
 */
export async function findBox(
  { db, clock }: Deps,
  own: Mailbox,
  box: string | undefined,
): Promise<Mailbox | undefined> {
  if (box === undefined) return own;
  const { tenantId, userId } = own;
  const level = await findLevel(db, { tenantId, ownerId: box, userId, now: clock.now() });
  return level && { tenantId, userId: asId<UserId>(box) };
}

/** The same. Throws UserError (403) if they do not share it. */
export async function requireBox(deps: Deps, own: Mailbox, box: string | undefined): Promise<Mailbox> {
  const found = await findBox(deps, own, box);
  if (!found) throw new UserError((words) => words.phoneMenu.notYourBox, 403);
  return found;
}
