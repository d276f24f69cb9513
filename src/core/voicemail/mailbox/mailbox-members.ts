import { type Change, change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import type { MemberLevel } from './mailbox-member.js';
import { deleteMember, findLevelEnd, upsertMember } from './mailbox-members.store.js';

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
    requireOwnWord(actor);
    await refuseLongerThanOwn(change, actor, { ownerId, endsAt });
    await upsertMember(change, { ownerId, userId, level, endsAt: endsAt ?? null });
    const after = { member: userId, level, until: endsAt?.toISOString() ?? null };
    change.record({ event: 'mailbox.member-set', subjectId: ownerId, after });
    change.touch(userId);
  });
}

/** A level in a mailbox is a permission, and permissions are not granted while acting as somebody else (PRODUCT.md §6). */
function requireOwnWord(actor: PersonActor): void {
  if (actor.kind === 'impersonating') throw new UserError((words) => words.claim.notAsAnother, 403);
}

/** A member whose own level ends grants nothing beyond that end, to themselves neither. */
async function refuseLongerThanOwn(
  { db, tenantId, now }: Change,
  { userId }: PersonActor,
  { ownerId, endsAt }: { readonly ownerId: UserId; readonly endsAt: Date | undefined },
): Promise<void> {
  if (userId === ownerId) return;
  const own = await findLevelEnd(db, { tenantId, ownerId, userId, now });
  if (own && (endsAt === undefined || endsAt > own)) throw new UserError((words) => words.claim.notBeyondOwn, 403);
}

/** Remove a member of a mailbox: they lose access to its messages at once. Idempotent. */
export function removeMember(deps: Deps, actor: PersonActor, { ownerId, userId }: Membership): Promise<void> {
  return change(deps, actor, async (change) => {
    if (!(await deleteMember(change, ownerId, userId))) return;
    change.record({ event: 'mailbox.member-removed', subjectId: ownerId, before: { member: userId } });
    change.touch(userId);
  });
}
