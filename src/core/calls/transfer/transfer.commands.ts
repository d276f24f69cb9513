import { z } from 'zod';
import { defineForm, formProblems } from '../../chat/define-handler.js';
import { wordsIn } from '../../chat/words.js';
import { readPersonField } from '../../directory/person-field.js';
import { callActions } from '../calls.action-ids.js';
import { callerOf } from '../history/call-history.views.js';
import { requireLiveCall, sendLiveCall } from './transfer.js';
import { transferForm } from './transfer.views.js';

/** `calls.transfer`: whoever talks with a caller sends them straight to somebody's mailbox. */
export const transferCallForm = defineForm({
  id: callActions.transfer,
  permission: 'self',
  plus: true,
  open: async (deps, requester, { call }) =>
    transferForm(requester.reader, await requireLiveCall(deps, requester, call)),
  values: (words) => z.object({ mailbox: z.string(words.chat.required) }),
  async submit(deps, requester, { mailbox }, carries) {
    const { actor, reader } = requester;
    const call = await requireLiveCall(deps, requester, carries.call);
    const chosen = await readPersonField(deps, requester, mailbox);
    if (chosen.kind === 'problem') return formProblems({ mailbox: chosen.line });
    const { id: userId, displayName } = chosen.person;
    await sendLiveCall(deps, actor, { call, userId });
    const words = wordsIn(reader.locale).calls.transfer;
    return { kind: 'done', line: words.sent(callerOf(reader, call), displayName) };
  },
});
