import type { Change } from '../change.js';
import type { Role } from '../chat/actor.js';
import type { UserId } from '../ids.js';
import { endLapsedSessions } from '../impersonation/impersonation.js';
import { endSignInLinks, endWebSessions, revokePlayerLinks } from './end-access.store.js';

/** What of a user decides what they may do. */
export interface Standing {
  readonly access: string;
  readonly role: Role;
  /** Their own side of the gate `appAccess`. */
  readonly appAllowed: boolean;
}

/**
 * Inside the change that wrote a user: ends what the user can no longer do. Losing access, the app or a role ends their
 * sessions in the browser and unused sign-in links; losing access or the app also revokes their links to messages, losing
 * a role those to other people's messages. Impersonations by or of the user that are no longer allowed end, and are told.
 * Every door that writes access, role or `appAccess` calls this (PRODUCT.md §1, Losing access); no-op where nothing is lost.
 */
export async function endLostAccess(
  change: Change,
  userId: UserId,
  before: Standing,
  after: Partial<Standing>,
): Promise<void> {
  const now = { ...before, ...after };
  const lostEntry = isLetIn(before) && !isLetIn(now);
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

const isLetIn = ({ access, appAllowed }: Standing): boolean => access !== 'none' && appAllowed;

const rank: Readonly<Record<Role, number>> = { member: 0, manager: 1, admin: 2 };
