import type { Reader } from '../../chat/phrasing.js';
import type { Block, Form } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { callActions } from '../calls.action-ids.js';
import { callerOf } from '../history/call-history.views.js';
import type { LiveCall } from './live-call.types.js';

/** Return the blocks that tell the reader with whom they talk, and let them send the caller to a mailbox. */
export function liveCallBlocks(reader: Reader, call: LiveCall): Block[] {
  const words = wordsIn(reader.locale).calls.transfer;
  const carries = { call: call.id };
  return [
    { kind: 'text', text: words.talking(callerOf(reader, call)) },
    { kind: 'buttons', buttons: [{ kind: 'form', action: callActions.transfer, label: words.send, carries }] },
  ];
}

/** Return the form that asks to whose mailbox the caller is sent. */
export function transferForm(reader: Reader, call: LiveCall): Form {
  const { calls, chat } = wordsIn(reader.locale);
  const words = calls.transfer;
  return {
    id: callActions.transfer,
    title: words.send,
    submit: words.submit,
    cancel: chat.cancel,
    fields: [
      {
        kind: 'person',
        name: 'mailbox',
        label: words.mailbox,
        hint: words.mailboxHint(callerOf(reader, call)),
        required: true,
      },
    ],
    carries: { call: call.id },
  };
}
