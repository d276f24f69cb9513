import type { Change } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { UserId } from '../ids.js';
import { endLapsedSessions } from '../impersonation/impersonation.js';
import {
  endCompanySessions,
  endCompanySignInLinks,
  endSignInLinks,
  endWebSessions,
  revokePlayerLinks,
} from './end-access.store.js';
import { mayOpenAttendant, type Standing } from './person.js';

/**
 * Inside the change that wrote a user: ends what the user can no longer do. Losing access, the app or a role ends their
 * sessions in the browser and unused sign-in links; losing access or the app also revokes their links to messages, losing
 * a role those to other people's messages. Impersonations by or of the user that are no longer allowed end, and are told.
 * `updatePerson` calls this, so every door that writes access, role or `appAccess` does (PRODUCT.md §1, Losing access).
 * No-op where nothing is lost.
 */
export async function endLostAccess(
  change: Change,
  userId: UserId,
  before: Standing,
  after: Partial<Standing>,
): Promise<void> {
  const now = { ...before, ...after };
  const lostEntry = mayOpenAttendant(before) && !mayOpenAttendant(now);
  const lostRole = rank[now.role] < rank[before.role];
  if (lostEntry || lostRole) {
    const ended = {
      sessions: await endWebSessions(change, userId),
      signInLinks: await endSignInLinks(change, userId),
      playerLinks: await revokePlayerLinks(change, userId, lostEntry ? 'all' : 'of-others'),
    };
    if (Object.values(ended).some((count) => count > 0))
      change.record({ event: 'access.ended', subjectId: userId, after: ended });
    change.touch(userId);
  }
  // Somebody who became an admin can no longer be acted as.
  if (lostEntry || now.role !== before.role) await endLapsedSessions(change, userId);
}

/**
 * Inside the change that closed Attendant to the whole company: ends everybody's sessions in the browser and unused sign-in
 * links, and the impersonations that run. Links to messages are asked for the company each time; they play again after it.
 */
export async function endCompanyAccess(change: Change): Promise<void> {
  const people = await endCompanySessions(change);
  const ended = { sessions: people.length, signInLinks: await endCompanySignInLinks(change) };
  if (Object.values(ended).some((count) => count > 0))
    change.record({ event: 'access.ended', subjectId: change.tenantId, after: ended });
  for (const userId of people) change.touch(userId);
  await endLapsedSessions(change);
}

const rank: Readonly<Record<Role, number>> = { member: 0, manager: 1, admin: 2 };
