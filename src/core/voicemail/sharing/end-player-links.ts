import type { AccessEnd } from '../../change.js';
import { revokePlayerLinks } from './end-player-links.store.js';

/**
 * Revoke all of a person's links to messages when they lose access, and those to other people's messages when they lose
 * a role.
 */
export const endPlayerLinks: AccessEnd = async (change, { userId, entry, role }) =>
  userId !== undefined && (entry || role)
    ? { playerLinks: await revokePlayerLinks(change, userId, entry ? 'all' : 'of-others') }
    : {};
