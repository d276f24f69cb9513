import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Block, Card, CarriedData, Fact } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { callerOf } from '../voicemail.views.js';
import { carriedSelection } from './carried-selection.js';
import type { MessageName } from './message-list.types.js';
import type { SelectionOutcome } from './selected-messages.js';

/** The actions on several messages at once. */
export type SelectionAct = 'handled' | 'reopened' | 'deleted' | 'restored' | 'exported' | 'forwarded';

/** An action on several messages, and what became of each. */
export interface SelectionResult {
  readonly act: SelectionAct;
  readonly outcome: SelectionOutcome;
}

/** The most messages left as they were that are named. */
const mostNamed = 10;

/** Return the card that says what became of each selected message; a deletion can be undone for all at once. */
export function selectionCard(reader: Reader, result: SelectionResult): Card {
  return {
    title: titleOf(reader, result),
    summary: selectionSummary(reader, result),
    blocks: resultBlocks(reader, result, {}),
  };
}

/** Return the same as blocks above a list; `list` is what the undo carries, so that its answer is the list again. */
export const selectionBlocks = (reader: Reader, result: SelectionResult, list: CarriedData): readonly Block[] => [
  { kind: 'text', text: titleOf(reader, result) },
  ...resultBlocks(reader, result, list),
];

/** Return the result in one line. */
export function selectionSummary(reader: Reader, result: SelectionResult): string {
  const left = result.outcome.refused.length + result.outcome.unchanged.length;
  const title = titleOf(reader, result);
  return left === 0 ? title : wordsIn(reader.locale).messageList.partly(title, left);
}

function titleOf(reader: Reader, { act, outcome: { done } }: SelectionResult): string {
  const words = wordsIn(reader.locale).messageList;
  return done.length === 0 ? words.nothingDone : words.acts[act](done.length);
}

function resultBlocks(reader: Reader, { act, outcome }: SelectionResult, list: CarriedData): Block[] {
  const { messageList, voicemail } = wordsIn(reader.locale);
  const { done } = outcome;
  const left = factsOf(reader, act, outcome);
  const canUndo = act === 'deleted' && done.length > 0;
  return [
    ...(canUndo ? [{ kind: 'text', text: messageList.undoHint(done.length) } as const] : []),
    ...(left.length === 0
      ? []
      : [
          { kind: 'text', text: messageList.refused(left.length) } as const,
          { kind: 'facts', facts: left.slice(0, mostNamed) } as const,
        ]),
    ...(left.length > mostNamed ? [{ kind: 'note', text: messageList.more(left.length - mostNamed) } as const] : []),
    ...(canUndo
      ? [
          {
            kind: 'buttons',
            buttons: [
              {
                kind: 'action',
                action: voicemailActions.undo,
                label: done.length === 1 ? voicemail.undo : messageList.undoAll(done.length),
                carries: { ...list, ...carriedSelection(done) },
              },
            ],
          } as const,
        ]
      : []),
  ];
}

/** Each message that stayed as it was, with the reason. */
function factsOf(reader: Reader, act: SelectionAct, { refused, unchanged }: SelectionOutcome): Fact[] {
  const words = wordsIn(reader.locale);
  const labelOf = (name: MessageName) => `${callerOf(words.voicemail, name)}, ${formatMoment(reader, name.receivedAt)}`;
  return [
    ...refused.map(({ name, why }) => ({
      label: name ? labelOf(name) : words.messageList.unknownMessage,
      value: why(words),
    })),
    ...unchanged.map((name) => ({
      label: labelOf(name),
      value: words.messageList.unchanged[act](name.handledBy ?? undefined),
    })),
  ];
}
