import { defineNotice } from '../notices/define-notice.js';
import { findLinkedUser, findLinkRequest } from './linking.js';
import { linkedCard, unknownAccountCard } from './linking.views.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'account.unknown': true;
    'account.linked': true;
  }
}

/** To admins: asks to whom an account belongs. */
export const unknownAccount = defineNotice({
  kind: 'account.unknown',
  async card(deps, { subjectId }, { locale }) {
    const request = await findLinkRequest(deps.db, subjectId);
    if (!request) return undefined;
    const person = await findLinkedUser(deps, request);
    return unknownAccountCard(locale, { ...request, person: person?.displayName });
  },
});

/** To a person whom an admin has linked. */
export const accountLinked = defineNotice({
  kind: 'account.linked',
  async card(deps, { subjectId }, { locale }) {
    const request = await findLinkRequest(deps.db, subjectId);
    const person = request && (await findLinkedUser(deps, request));
    return person && linkedCard(locale, person.displayName);
  },
});
