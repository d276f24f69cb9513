import type { AccessEnd, Change, LostAccess } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { UserId } from '../ids.js';
import { mayOpenAttendant, type Standing } from './person.js';

/**
 * Inside the change that wrote a user: end what the user can no longer do, as the features' `AccessEnd`s tell
 * (PRODUCT.md §1, Losing access). `updatePerson` calls this, so every door that writes access, role or `appAccess` does.
 * No-op where access and role stay as they were.
 */
export async function endLostAccess(
  change: Change,
  userId: UserId,
  before: Standing,
  after: Partial<Standing>,
): Promise<void> {
  const now = { ...before, ...after };
  const entry = mayOpenAttendant(before) && !mayOpenAttendant(now);
  const role = rank[now.role] < rank[before.role];
  // Somebody who became an admin can no longer be acted as.
  if (!entry && now.role === before.role) return;
  const ended = await endAll(change, { userId, entry, role });
  if (!entry && !role) return;
  if (Object.values(ended).some((count) => count > 0))
    change.record({ event: 'access.ended', subjectId: userId, after: ended });
  change.touch(userId);
}

/** Inside a change of a company's setting that can take access from everybody: end what is no longer allowed. */
export async function endLostAccessOfCompany(change: Change): Promise<void> {
  await endAll(change, { userId: undefined, entry: false, role: false });
}

async function endAll(change: Change, lost: LostAccess): Promise<Awaited<ReturnType<AccessEnd>>> {
  const ended = [];
  for (const end of change.accessEnds) ended.push(await end(change, lost));
  return Object.assign({}, ...ended);
}

const rank: Readonly<Record<Role, number>> = { member: 0, manager: 1, admin: 2 };
