import type { AccessEnd } from '../../change.js';
import { revokePlayerLinks } from './end-player-links.store.js';

/** Losing access revokes all of a person's links to messages; losing a role, those to other people's messages. */
export const endPlayerLinks: AccessEnd = async (change, { userId, entry, role }) =>
  userId !== undefined && (entry || role)
    ? { playerLinks: await revokePlayerLinks(change, userId, entry ? 'all' : 'of-others') }
    : {};
