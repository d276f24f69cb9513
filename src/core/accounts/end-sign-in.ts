import type { AccessEnd } from '../change.js';
import { endSignInLinks, endWebSessions } from './end-sign-in.store.js';

/** Who loses access or a role is signed out of the browser; unused sign-in links are void. */
export const endSignIn: AccessEnd = async (change, { userId, entry, role }) =>
  userId !== undefined && (entry || role)
    ? { sessions: await endWebSessions(change, userId), signInLinks: await endSignInLinks(change, userId) }
    : {};
