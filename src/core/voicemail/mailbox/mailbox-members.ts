import { change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import type { MemberLevel } from './mailbox-member.js';
import { deleteMember, upsertMember } from './mailbox-members.store.js';

interface Membership {
  readonly ownerId: UserId;
  readonly userId: UserId;
}

/**
 * Make somebody a member of a mailbox, or change their level and end. The caller checks the actor's right
 * (`requireManagedMailbox`).
 */
export function setMember(
  deps: Deps,
  actor: PersonActor,
  member: Membership & { readonly level: MemberLevel; readonly endsAt: Date | undefined },
): Promise<void> {
  const { ownerId, userId, level, endsAt } = member;
  return change(deps, actor, async (change) => {
    await upsertMember(change, { ownerId, userId, level, endsAt: endsAt ?? null });
    const after = { member: userId, level, until: endsAt?.toISOString() ?? null };
    change.record({ event: 'mailbox.member-set', subjectId: ownerId, after });
    change.touch(userId);
  });
}

/** Remove a member of a mailbox: they lose access to its messages at once. Idempotent. */
export function removeMember(deps: Deps, actor: PersonActor, { ownerId, userId }: Membership): Promise<void> {
  return change(deps, actor, async (change) => {
    if (!(await deleteMember(change, ownerId, userId))) return;
    change.record({ event: 'mailbox.member-removed', subjectId: ownerId, before: { member: userId } });
    change.touch(userId);
  });
}
