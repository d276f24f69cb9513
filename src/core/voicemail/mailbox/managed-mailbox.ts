import { hasPermission } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import { findUser } from '../../people/index.js';
import { findLevel } from './mailbox-members.store.js';

/** A mailbox whose greetings and members the requester may change. */
export interface ManagedMailbox {
  readonly userId: UserId;
  readonly displayName: string;
  readonly isOwn: boolean;
}

/**
 * Return the requester's own mailbox, or the mailbox of user `id` if the requester may manage it: as a member with the
 * level `manage`, or as an admin if it is a general mailbox. Throws UserError if there is no such mailbox (404), or the
 * requester may not manage it (403).
 */
export async function requireManagedMailbox(
  { db, clock }: Deps,
  { actor, user, tenant }: Requester,
  id: string | undefined,
): Promise<ManagedMailbox> {
  if (id === undefined || id === user.id) return { userId: user.id, displayName: user.displayName, isOwn: true };
  const owner = await findUser(db, tenant.id, id);
  if (!owner) throw new UserError((words) => words.voicemail.noMailbox, 404);
  const mailbox = { userId: owner.id, displayName: owner.displayName, isOwn: false };
  if (owner.userType === 'general_voicemail' && hasPermission(actor, 'users.edit')) return mailbox;
  const asked = { tenantId: tenant.id, ownerId: owner.id, userId: user.id, now: clock.now() };
  if ((await findLevel(db, asked)) === 'manage') return mailbox;
  throw new UserError((words) => words.chat.notAllowed, 403);
}
