import { actingPersonId } from '../../chat/actor.js';
import { defineButton } from '../../chat/define-handler.js';
import type { Reply } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { findUser } from '../../people/index.js';
import { isDialable, mayBeDialled } from '../../phone-number.js';
import { findCompany } from '../../routing/load-rows.js';
import { oneLine } from '../../text.js';
import { shownMessage } from '../../voicemail/mailbox/load-voicemail-card.js';
import { requireMessage } from '../../voicemail/mailbox/message-access.js';
import { messageIn } from '../../voicemail/message-reply.js';
import { voicemailActions } from '../../voicemail/voicemail.action-ids.js';
import { callActions } from '../calls.action-ids.js';
import { hasCalled } from '../calls.store.js';
import { callBackCard } from '../history/call-history.views.js';
import { outgoingLine } from './outgoing-calls.views.js';
import { problemLine, requestCall, shownNumber } from './request-call.js';

/** Whether the system can ring the requester and connect them with this caller; else they dial the number themselves. */
export async function mayConnect(deps: Deps, { tenant, user }: Requester, ani: string): Promise<boolean> {
  if (!deps.providerCalls || !isDialable(ani)) return false;
  const [company, person] = [await findCompany(deps.db, tenant.id), await findUser(deps.db, tenant.id, user.id)];
  return person?.personalNumber !== undefined && shownNumber(company) !== undefined && mayBeDialled(ani, company);
}

/**
 * `calls.connect`: the system rings the requester at their own number and connects them with somebody who called the
 * company. A button's data may be forged, so no other number is taken.
 */
export const connectButton = defineButton({
  id: callActions.connect,
  permission: 'self',
  async run(deps, requester, { number = '' }) {
    const connectsTo = oneLine(number, 64);
    if (
      !(await mayConnect(deps, requester, connectsTo)) ||
      !(await hasCalled(deps.db, requester.tenant.id, connectsTo))
    )
      throw new UserError((words) => words.calls.outgoing.cannotConnect);
    return connect(deps, requester, connectsTo);
  },
});

/**
 * `voicemail.call-back`: the system rings the requester and connects them with the caller of a message; where it cannot,
 * they get the number to dial.
 */
export const messageCallBackButton = defineButton({
  id: voicemailActions.callBack,
  permission: 'self',
  plus: true,
  async run(deps, requester, carries) {
    const { user, actor, reader } = requester;
    const id = messageIn(carries);
    await requireMessage(deps, actor, id, 'handle');
    const shown = await shownMessage(deps, { id, userId: user.id, personId: actingPersonId(actor) });
    if (!shown) throw new UserError((words) => words.voicemail.notYours, 404);
    if (await mayConnect(deps, requester, shown.ani)) return connect(deps, requester, shown.ani);
    return { kind: 'say', card: callBackCard(reader, shown, false) };
  },
});

async function connect(deps: Deps, { tenant, user, reader, actor }: Requester, connectsTo: string): Promise<Reply> {
  const typed = (await findUser(deps.db, tenant.id, user.id))?.personalNumber;
  if (typed === undefined) throw new UserError((words) => words.calls.outgoing.noOwnNumber);
  const asked = await requestCall(deps, actor, { typed, subject: { purpose: 'call-back', connectsTo } });
  if (asked.kind !== 'called') throw new UserError(() => problemLine(reader.locale, asked));
  return { kind: 'done', line: outgoingLine(reader, asked.call) };
}
