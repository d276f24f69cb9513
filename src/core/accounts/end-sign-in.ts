import type { AccessEnd } from '../change.js';
import { endSignInLinks, endWebSessions } from './end-sign-in.store.js';

/** Who loses access or a role is signed out of the browser; unused sign-in links are void. */
export const endSignIn: AccessEnd = async (change, { userId, entry, role }) => {
  if (!entry && !role) return {};
  const signedOut = await endWebSessions(change, userId);
  for (const person of signedOut) change.touch(person);
  return { sessions: signedOut.length, signInLinks: await endSignInLinks(change, userId) };
};
