import type { AccessEnd } from '../change.js';
import { endSignInLinks, endWebSessions } from './sign-out-on-access-end.store.js';

/** Sign people who lose access or a role out of the browser, and make their unused sign-in links void. */
export const endSignIn: AccessEnd = async (change, { userId, entry, role }) => {
  if (!entry && !role) return {};
  const signedOut = await endWebSessions(change, userId);
  for (const person of signedOut) change.touch(person);
  return { sessions: signedOut.length, signInLinks: await endSignInLinks(change, userId) };
};
