import type { AccessEnd, Change, LostAccess } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { UserId } from '../ids.js';
import { type AccessFields, mayOpenAttendant } from './person.js';

/**
 * Inside the change that wrote a user: end what the user can no longer do, by the features' `AccessEnd`s (PRODUCT.md
 * §1, Losing access). `updatePerson` calls this, so every write of access, role or `appAccess` does. No-op if access
 * and role stay as they were.
 */
export async function endLostAccess(
  change: Change,
  userId: UserId,
  before: AccessFields,
  after: Partial<AccessFields>,
): Promise<void> {
  const now = { ...before, ...after };
  const entry = mayOpenAttendant(before) && !mayOpenAttendant(now);
  const role = rank[now.role] < rank[before.role];
  // A person who became an admin can no longer be impersonated.
  if (!entry && now.role === before.role) return;
  const ended = await endAll(change, { userId, entry, role });
  if (!entry && !role) return;
  if (Object.values(ended).some((count) => count > 0))
    change.record({ event: 'access.ended', subjectId: userId, after: ended });
  change.touch(userId);
}

/**
 * Inside the change that closed Attendant to a whole company: end what its people can no longer do. A link to a message
 * checks the company at each visit, so it plays again when the company is enabled again.
 */
export async function endLostAccessOfCompany(change: Change): Promise<void> {
  const ended = await endAll(change, { userId: undefined, entry: true, role: false });
  if (Object.values(ended).some((count) => count > 0))
    change.record({ event: 'access.ended', subjectId: change.tenantId, after: ended });
}

async function endAll(change: Change, lost: LostAccess): Promise<Awaited<ReturnType<AccessEnd>>> {
  const ended = [];
  for (const end of change.accessEnds) ended.push(await end(change, lost));
  return Object.assign({}, ...ended);
}

const rank: Readonly<Record<Role, number>> = { member: 0, manager: 1, admin: 2 };
