import type { NoticeCard } from '../notices/notice.js';
import { findLinkedUser, findLinkRequest } from './linking.js';
import { linkedCard, unknownAccountCard } from './linking.views.js';

/** To admins: who is this account? */
export const unknownAccount: NoticeCard = async (deps, { subjectId }, { locale }) => {
  const request = await findLinkRequest(deps.db, subjectId);
  if (!request) return undefined;
  const person = await findLinkedUser(deps, request);
  return unknownAccountCard(locale, { ...request, person: person?.displayName });
};

/** To somebody whom an admin has linked. */
export const accountLinked: NoticeCard = async (deps, { subjectId }, { locale }) => {
  const request = await findLinkRequest(deps.db, subjectId);
  const person = request && (await findLinkedUser(deps, request));
  return person && linkedCard(locale, person.displayName);
};
