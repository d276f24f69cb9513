import { z } from 'zod';
import { defineForm, formProblems } from '../../chat/define-handler.js';
import { findUser } from '../../people/index.js';
import { formatNumber } from '../../phone-number.js';
import { greetingKinds, isGreetingKind } from '../../voicemail/greetings/greeting-kind.js';
import { greetingActions } from '../../voicemail/greetings/greetings.action-ids.js';
import { requireManagedMailbox } from '../../voicemail/mailbox/managed-mailbox.js';
import { callMeForm, outgoingLine } from './outgoing-calls.views.js';
import { problemLine, requestCall } from './request-call.js';

/** `greeting.call`: the system rings a number of the person's own, to record a greeting. */
export const greetingCallForm = defineForm({
  id: greetingActions.call,
  permission: 'self',
  plus: true,
  async open(deps, requester, { mailbox, kind = '' }) {
    await requireManagedMailbox(deps, requester, mailbox);
    const { tenant, user, reader } = requester;
    const own = (await findUser(deps.db, tenant.id, user.id))?.personalNumber;
    const number = own === undefined ? '' : formatNumber(own, tenant.country);
    return callMeForm(reader, { kind: isGreetingKind(kind) ? kind : 'unavailable', number, mailbox });
  },
  values: (words) =>
    z.object({
      kind: z.enum(greetingKinds, words.chat.required),
      number: z.string(words.chat.required).trim().min(1, words.chat.required),
    }),
  async submit(deps, requester, { kind, number }, { mailbox }) {
    const { userId } = await requireManagedMailbox(deps, requester, mailbox);
    const subject = { purpose: 'greeting', mailboxUserId: userId, greeting: kind } as const;
    const asked = await requestCall(deps, requester.actor, { typed: number, subject });
    if (asked.kind !== 'called') return formProblems({ number: problemLine(requester.reader.locale, asked) });
    return { kind: 'done', line: outgoingLine(requester.reader, asked.call) };
  },
});
