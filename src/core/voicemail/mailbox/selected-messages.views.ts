import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Card, Fact } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf } from '../voicemail.views.js';
import { carriedSelection } from './carried-selection.js';
import type { RefusedMessage, SelectionOutcome } from './selected-messages.js';

/** The actions on several messages at once. */
export type SelectionAct = 'handled' | 'reopened' | 'deleted' | 'restored' | 'exported' | 'forwarded';

/** The most refused messages that are named. */
const mostNamed = 10;

/** Return the card that says what became of each selected message; a deletion can be undone for all at once. */
export function selectionCard(reader: Reader, act: SelectionAct, { done, refused }: SelectionOutcome): Card {
  const { messageList, voicemail } = wordsIn(reader.locale);
  const title = done.length === 0 ? messageList.nothingDone : messageList.acts[act](done.length);
  return {
    title,
    summary: refused.length === 0 ? title : messageList.partly(title, refused.length),
    blocks: [
      ...(act === 'deleted' && done.length > 0 ? [{ kind: 'text', text: messageList.undoHint } as const] : []),
      ...(refused.length === 0
        ? []
        : [
            { kind: 'text', text: messageList.refused(refused.length) } as const,
            { kind: 'facts', facts: refused.slice(0, mostNamed).map((one) => factOf(reader, one)) } as const,
          ]),
      ...(refused.length > mostNamed
        ? [{ kind: 'note', text: messageList.more(refused.length - mostNamed) } as const]
        : []),
      ...(act === 'deleted' && done.length > 0
        ? [
            {
              kind: 'buttons',
              buttons: [
                {
                  kind: 'action',
                  action: voicemailActions.undo,
                  label: done.length === 1 ? voicemail.undo : messageList.undoAll(done.length),
                  carries: carriedSelection(done),
                },
              ],
            } as const,
          ]
        : []),
    ],
  };
}

function factOf(reader: Reader, { name, why }: RefusedMessage): Fact {
  const words = wordsIn(reader.locale);
  const label = name
    ? `${callerOf(words.voicemail, name)}, ${formatMoment(reader, name.receivedAt)}`
    : words.messageList.unknownMessage;
  return { label, value: why(words) };
}
