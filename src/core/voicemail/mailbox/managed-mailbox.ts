import { hasPermission, type Role } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId, UserId } from '../../ids.js';
import { findUser } from '../../people/index.js';
import { findLevel } from './mailbox-members.store.js';

/** A mailbox whose greetings and members the requester may change. */
export interface ManagedMailbox {
  readonly userId: UserId;
  readonly displayName: string;
  readonly isOwn: boolean;
}

/**
 * Return the requester's own mailbox, or the mailbox of user `id` if the requester may manage it. Throws UserError if there
 * is no such mailbox (404), or the requester may not manage it (403).
 */
export async function requireManagedMailbox(
  deps: Deps,
  { actor, user, tenant }: Requester,
  id: string | undefined,
): Promise<ManagedMailbox> {
  if (id === undefined || id === user.id) return { userId: user.id, displayName: user.displayName, isOwn: true };
  const owner = await findUser(deps.db, tenant.id, id);
  if (!owner) throw new UserError((words) => words.voicemail.noMailbox, 404);
  if (!(await managesAnothers(deps, { tenantId: tenant.id, userId: user.id, role: actor.role }, owner)))
    throw new UserError((words) => words.chat.notAllowed, 403);
  return { userId: owner.id, displayName: owner.displayName, isOwn: false };
}

interface Manager {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly role: Role;
}

/** Whether this person may change the greetings and members of the mailbox of user `ownerId` now. */
export async function mayManageMailbox(deps: Deps, manager: Manager, ownerId: UserId): Promise<boolean> {
  if (ownerId === manager.userId) return true;
  const owner = await findUser(deps.db, manager.tenantId, ownerId);
  return owner !== undefined && managesAnothers(deps, manager, owner);
}

/** As a member with the level `manage`, or as an admin if it is a general mailbox. */
async function managesAnothers(
  { db, clock }: Deps,
  { tenantId, userId, role }: Manager,
  owner: { readonly id: UserId; readonly userType: string },
): Promise<boolean> {
  if (owner.userType === 'general_voicemail' && hasPermission({ role }, 'users.edit')) return true;
  return (await findLevel(db, { tenantId, ownerId: owner.id, userId, now: clock.now() })) === 'manage';
}
