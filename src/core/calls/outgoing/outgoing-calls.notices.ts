import { defineNotice } from '../../notices/define-notice.js';
import { namesOf } from '../../people/index.js';
import { findOutgoing } from './outgoing-calls.store.js';
import { outgoingCallCard } from './outgoing-calls.views.js';

declare module '../../notices/notice-kind.js' {
  interface NoticeKinds {
    'call.outgoing': true;
  }
}

/** To the person who asked for it: how a call to them stands. */
export const outgoingCallNotice = defineNotice({
  kind: 'call.outgoing',
  notAtHome: true,
  async card(deps, { subjectId }, reader) {
    const call = await findOutgoing(deps.db, subjectId);
    if (!call) return undefined;
    const { subject, tenantId, userId } = call;
    const other =
      subject.purpose === 'greeting' && subject.mailboxUserId !== userId ? subject.mailboxUserId : undefined;
    const names = await namesOf(deps.db, tenantId, [other]);
    return outgoingCallCard(reader, { ...call, mailbox: other && { id: other, name: names.get(other) ?? '' } });
  },
});
